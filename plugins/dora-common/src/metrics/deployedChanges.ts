import { Change, Deployment } from '../facts';
import { byTime, DAY, groupBy } from './instants';
import { Finished, finishedDeployments } from './rollouts';

/** Whether the tree of commit `deployed` has commit `merged` in its history. */
export type Contains = (
  repository: string,
  deployed: string,
  merged: string,
) => boolean;

/** A change without what its deployment adds to it. */
export type MergedChange = Omit<Change, 'deploymentId' | 'deployedAt'>;

/** How far a merge may seem to be after the deployment, for clocks that differ. */
const CLOCK_TOLERANCE = 2 * DAY;

/**
 * Adds to each change the first successful production deployment of its component
 * that contains it. A rollback claims none: what it contains had been deployed
 * before. Nor does a component's first deployment claim what was merged more than
 * `firstDeploymentDays` before it.
 */
export function deployedChanges(
  changes: readonly MergedChange[],
  deployments: readonly Deployment[],
  contains: Contains,
  firstDeploymentDays: number,
): Change[] {
  const successes = groupBy(
    finishedDeployments(deployments, Infinity).filter(
      ({ fact }) => fact.result === 'success',
    ),
    ({ fact }) => fact.entityRef,
  );
  const claims = new Map<string, Finished>();
  for (const [entityRef, merged] of groupBy(changes, of => of.entityRef)) {
    const own = successes.get(entityRef) ?? [];
    for (const [id, deployment] of claim(
      merged,
      own,
      contains,
      firstDeploymentDays,
    )) {
      claims.set(id, deployment);
    }
  }
  return changes.map(change => {
    const deployment = claims.get(change.id);
    if (!deployment) return { ...change };
    const { id, finishedAt } = deployment.fact;
    return { ...change, deploymentId: id, deployedAt: finishedAt };
  });
}

function claim(
  changes: MergedChange[],
  successes: Finished[],
  contains: Contains,
  firstDeploymentDays: number,
): Map<string, Finished> {
  const claims = new Map<string, Finished>();
  if (successes.length === 0) return claims;
  const known = successes[0].at - firstDeploymentDays * DAY;
  const merged = changes
    .map(change => ({ ...change, at: Date.parse(change.mergedAt) }))
    .filter(({ at }) => at >= known)
    .sort(byTime);

  let next = 0;
  let waiting: typeof merged = [];
  for (const deployment of successes) {
    const { sha, kind } = deployment.fact;
    if (sha === undefined || kind === 'rollback') continue;
    while (merged[next]?.at <= deployment.at + CLOCK_TOLERANCE) {
      waiting.push(merged[next]);
      next += 1;
    }
    const still: typeof merged = [];
    for (const change of waiting) {
      if (contains(change.repository, sha, change.mergeSha)) {
        claims.set(change.id, deployment);
      } else {
        still.push(change);
      }
    }
    waiting = still;
  }
  return claims;
}
