import { Account } from '../accounts';
import { Context, now } from '../context';
import { notFound } from '../errors';
import { issueShape } from '../shapes/issue';
import {
  IssueRecord,
  Label,
  PullRecord,
  RepositoryRecord,
} from '../store/records';

const DEFAULT_COLOR = 'ededed';

/** Whether an issue is a pull request. */
export function isPull(issue: IssueRecord): issue is PullRecord {
  return issue.pull !== undefined;
}

/** @throws ApiError 404 */
export function findIssue(
  context: Context,
  repository: RepositoryRecord,
  number: number,
): IssueRecord {
  const issue = context.store.of(repository).issues.get(String(number));
  if (!issue) {
    throw notFound();
  }
  return issue;
}

/** @throws ApiError 404, also for an issue that is no pull request */
export function findPull(
  context: Context,
  repository: RepositoryRecord,
  number: number,
): PullRecord {
  const issue = findIssue(context, repository, number);
  if (!isPull(issue)) {
    throw notFound();
  }
  return issue;
}

/** The number the next issue or pull request gets; none is ever removed. */
export function nextNumber(
  context: Context,
  repository: RepositoryRecord,
): number {
  return context.store
    .of(repository)
    .issues.list()
    .reduce((next, issue) => Math.max(next, issue.number + 1), 1);
}

/** A record with nothing in it yet but what its author wrote. */
export function newIssue(
  context: Context,
  repository: RepositoryRecord,
  author: Account,
  title: string,
  body: string | null,
): IssueRecord {
  const at = now();
  return {
    id: context.store.newId(),
    number: nextNumber(context, repository),
    title,
    body,
    author: author.login,
    state: 'open',
    stateReason: null,
    labels: [],
    assignees: [],
    comments: [],
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    closedBy: null,
  };
}

/** Stores an issue as changed now. */
export async function saveIssue<T extends IssueRecord>(
  context: Context,
  repository: RepositoryRecord,
  issue: T,
): Promise<T> {
  const next = { ...issue, updatedAt: now() };
  await context.store.of(repository).issues.put(next);
  return next;
}

/** Makes sure that the repository has labels of these names. */
export async function ensureLabels(
  context: Context,
  repository: RepositoryRecord,
  names: string[],
): Promise<void> {
  await context.store.updateRepository(repository.id, current => {
    const known = new Set(
      current.labels.map(label => label.name.toLowerCase()),
    );
    const missing: Label[] = names
      .filter(name => !known.has(name.toLowerCase()))
      .map(name => ({
        id: context.store.newId(),
        name,
        color: DEFAULT_COLOR,
        description: null,
      }));
    return { ...current, labels: [...current.labels, ...missing] };
  });
}

/** Tells the hooks about an issue. */
export async function emitIssue(
  context: Context,
  repository: RepositoryRecord,
  issue: IssueRecord,
  sender: Account,
  action: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  await context.webhooks.emit({
    event: 'issues',
    action,
    repository,
    sender,
    payload: { action, issue: issueShape(context, repository, issue), ...more },
  });
}
