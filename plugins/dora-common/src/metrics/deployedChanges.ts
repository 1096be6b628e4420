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

/** Why a change has no deployment. */
export const UNCLAIMED_REASONS = [
  'no-deployment',
  'before-first',
  'not-contained',
] as const;
export type UnclaimedReason = (typeof UNCLAIMED_REASONS)[number];

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
  /** Is told why, of each change that no deployment claims. */
  unclaimed?: (changeId: string, why: UnclaimedReason) => void,
): Change[] {
  const successes = groupBy(
    finishedDeployments(deployments, Infinity).filter(
      ({ fact }) => fact.result === 'success',
    ),
    ({ fact }) => fact.entityRef,
  );
  const claims = new Map<string, Finished>();
  const first = new Map<string, number>();
  for (const [entityRef, merged] of groupBy(changes, of => of.entityRef)) {
    const own = successes.get(entityRef) ?? [];
    if (own.length === 0) continue;
    const since = own[0].at - firstDeploymentDays * DAY;
    first.set(entityRef, since);
    for (const [id, deployment] of claim(merged, own, contains, since)) {
      claims.set(id, deployment);
    }
  }
  return changes.map(change => {
    const deployment = claims.get(change.id);
    if (!deployment) {
      unclaimed?.(change.id, whyNot(change, first.get(change.entityRef)));
      return { ...change };
    }
    const { id, finishedAt } = deployment.fact;
    return { ...change, deploymentId: id, deployedAt: finishedAt };
  });
}

function claim(
  changes: MergedChange[],
  successes: Finished[],
  contains: Contains,
  since: number,
): Map<string, Finished> {
  const claims = new Map<string, Finished>();
  const merged = changes
    .filter(change => !isBefore(change, since))
    .map(({ id, repository, mergeSha, mergedAt }) => ({
      id,
      repository,
      mergeSha,
      at: Date.parse(mergedAt),
    }))
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
    waiting = waiting.filter(({ id, repository, mergeSha }) => {
      const isIn = contains(repository, sha, mergeSha);
      if (isIn) claims.set(id, deployment);
      return !isIn;
    });
  }
  return claims;
}

function isBefore({ mergedAt }: MergedChange, since: number): boolean {
  return Date.parse(mergedAt) < since;
}

function whyNot(
  change: MergedChange,
  since: number | undefined,
): UnclaimedReason {
  if (since === undefined) return 'no-deployment';
  return isBefore(change, since) ? 'before-first' : 'not-contained';
}
