import { Commit } from '@waymark/backstage-plugin-home-common';
import { Notification } from '@backstage/plugin-notifications-common';
import { ScaffolderTask } from '@backstage/plugin-scaffolder-react';

/** One line of "What changed lately". */
export type RecentChange = {
  id: string;
  /** When it happened, as an instant. */
  at: Date;
  text: string;
  /** What came of it or who did it, in a word or two. */
  remark?: string;
  target: { taskId: string } | { link: string } | undefined;
};

const OUTCOMES: Record<ScaffolderTask['status'], string> = {
  cancelled: 'cancelled',
  completed: 'done',
  failed: 'failed',
  open: 'waiting',
  processing: 'running',
  skipped: 'skipped',
};

function fromTask(task: ScaffolderTask): RecentChange {
  const template = task.spec.templateInfo?.entity?.metadata;
  const path = template?.title ?? template?.name ?? 'a golden path';
  const name = task.spec.parameters.name;
  return {
    id: `task:${task.id}`,
    at: new Date(task.createdAt),
    text:
      typeof name === 'string'
        ? `${name} made from ${path}`
        : `Made from ${path}`,
    remark: OUTCOMES[task.status],
    target: { taskId: task.id },
  };
}

function fromNotification({
  id,
  created,
  payload,
}: Notification): RecentChange {
  return {
    id: `notification:${id}`,
    at: new Date(created),
    text: payload.title,
    target: payload.link ? { link: payload.link } : undefined,
  };
}

function fromCommit({
  sha,
  at,
  component,
  title,
  author,
  url,
}: Commit): RecentChange {
  return {
    id: `commit:${sha}:${url}`,
    at: new Date(at),
    text: `${component}: ${title}`,
    remark: author,
    target: { link: url },
  };
}

/** Merges the sources, the latest first. */
export function recentChanges(
  {
    commits,
    tasks,
    notifications,
  }: {
    commits: Commit[];
    tasks: ScaffolderTask[];
    notifications: Notification[];
  },
  limit: number,
): RecentChange[] {
  return [
    ...commits.map(fromCommit),
    ...tasks.map(fromTask),
    ...notifications.map(fromNotification),
  ]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit);
}
