import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { at, sha } from './github';

interface Synced {
  startedAt: string;
  finishedAt: string | null;
  revisions: string[];
  sourcesHash: string;
}
/** As Argo CD sends it. */
export interface Notification {
  application: {
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  health: { status: string | null; since: string | null };
  operation: Synced & {
    phase: string;
    automated: boolean;
    dryRun: boolean;
    partial: boolean;
    terminated: boolean;
    sources: object[];
  };
  history: Synced[];
}

/** What Argo CD's own engine made of the template of platform/argocd. */
export function rendered(name: 'running' | 'succeeded' | 'degraded') {
  const file = resolvePackagePath(
    '@waymark/backstage-plugin-dora-backend-module-argocd',
    `examples/${name}.json`,
  );
  return JSON.parse(readFileSync(file, 'utf8')) as Notification;
}

const synced = (begun: number, commit: number): Synced => ({
  startedAt: at(begun),
  finishedAt: at(begun + 2),
  revisions: [sha(commit)],
  sourcesHash: String(commit),
});

/** An operation that began at a minute and took two, after others of those minutes. */
export function operation(
  begun: number,
  commit: number,
  more: {
    phase?: string;
    health?: string;
    /** Minute of the health. */
    since?: number;
    past?: [begun: number, commit: number][];
    manual?: boolean;
    is?: Partial<Notification['operation']>;
    labels?: Record<string, string>;
  } = {},
): Notification {
  const { phase = 'Succeeded', health = 'Healthy', past = [] } = more;
  const example = rendered('succeeded');
  const own = synced(begun, commit);
  return {
    ...example,
    application: {
      ...example.application,
      labels: more.labels ?? example.application.labels,
    },
    health: { status: health, since: at(more.since ?? begun + 3) },
    operation: {
      ...example.operation,
      ...own,
      ...(phase === 'Running' && { finishedAt: null }),
      phase,
      automated: !more.manual,
      ...more.is,
    },
    history: [
      ...past.map(([minute, n]) => synced(minute, n)),
      ...(phase === 'Succeeded' ? [own] : []),
    ],
  };
}
