import { Change, Deployment, Facts, Incident } from '../../facts';
import { historyOf, MetricOptions } from '../history';
import { Bots } from '../leadTime';
import { Five } from '../results';
import { fiveOf } from '../series';
import { Window } from '../window';

export const API = 'component:default/api';

/** `03-02 10:00` of 2026 in UTC. */
export const at = (text: string) => `2026-${text.replace(' ', 'T')}:00.000Z`;

export const millis = (text: string) => Date.parse(at(text));

/** Successful, to production, ten minutes long, of the commit that is its id. */
export function deployment(
  id: string,
  finished: string,
  more: Partial<Deployment> = {},
): Deployment {
  return {
    id,
    entityRef: API,
    environment: 'production',
    production: true,
    sha: id,
    startedAt: new Date(millis(finished) - 600_000).toISOString(),
    finishedAt: at(finished),
    result: 'success',
    originalResult: 'success',
    kind: 'planned',
    origin: { source: 'github', externalId: id },
    ...more,
  };
}

/** By a person; its commit on the branch is `<id>'s mergeSha`, its id by default. */
export function change(
  id: string,
  firstCommit: string,
  merged: string,
  more: Partial<Change> = {},
): Change {
  return {
    id,
    entityRef: API,
    repository: 'forge/acme/api',
    title: id,
    author: 'maya',
    bot: false,
    firstCommitAt: at(firstCommit),
    mergedAt: at(merged),
    mergeSha: id,
    pathsKnown: true,
    origin: { source: 'github', externalId: id },
    ...more,
  };
}

/** Not linked to a deployment unless `more` says so. */
export function incident(
  id: string,
  started: string,
  resolved: string | undefined,
  more: Partial<Incident> = {},
): Incident {
  return {
    id,
    entityRef: API,
    severity: 'high',
    title: id,
    startedAt: at(started),
    ...(resolved && { resolvedAt: at(resolved) }),
    linkedBy: more.deploymentId ? 'stated' : 'none',
    origin: { source: 'pagerduty', externalId: id },
    ...more,
  };
}

export function windowOf(
  from: string,
  to: string,
  more: Partial<Window> = {},
): Window {
  const edges = { from: millis(`${from} 00:00`), to: millis(`${to} 00:00`) };
  return { ...edges, timeZone: 'UTC', interval: 'week', ...more };
}

/** The five of March 2026, asked in May. */
export function march(
  facts: Partial<Facts>,
  more: { options?: MetricOptions; bots?: Bots; now?: string } = {},
): Five {
  return fiveOf(
    historyOf(
      { deployments: [], changes: [], incidents: [], ...facts },
      millis(more.now ?? '05-01 00:00'),
      more.options,
    ),
    windowOf('03-01', '04-01'),
    more.bots,
  );
}
