import { Deployment, Incident } from '../facts';
import { credible, firstAt, groupBy, Millis } from './instants';
import { Finished, placeOf, Rollout } from './rollouts';

/** Why a rollout needed immediate intervention. */
export const FAILURE_REASONS = ['incident', 'failed', 'mended'] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** How long a failure lasted. */
interface Course {
  /** When the deployment finished; when the incident began, if that was before. */
  since: Millis;
  /** When all of it was over; left out while it lasts. */
  recoveredAt?: Millis;
  /** Whether a clock was wrong: the end is before the beginning, or incredible. */
  clockFault: boolean;
}

/** A rollout that needed immediate intervention. */
export interface Failure extends Course {
  rollout: Rollout;
  reason: FailureReason;
  incidents: Incident[];
}

/** What the failures of rollouts are found in. */
interface Known {
  rollouts: Rollout[];
  finished: Finished[];
  /** All, also those that still run: they show that something is being mended. */
  deployments: readonly Deployment[];
  incidents: readonly Incident[];
}

/**
 * The rollouts that caused an incident, failed in any place, or were mended by a
 * rollback or a hotfix; each of them once, however many incidents it caused.
 */
export function failuresOf(known: Known, now: Millis): Failure[] {
  const caused = groupBy(known.incidents, ({ deploymentId }) => deploymentId);
  const menders = groupBy(
    known.deployments.filter(
      ({ kind, result }) => kind !== 'planned' && result !== 'cancelled',
    ),
    ({ mendsDeploymentId }) => mendsDeploymentId,
  );
  const nextSuccess = successAfter(known.finished);

  return known.rollouts.flatMap((rollout): Failure[] => {
    const { deployments } = rollout;
    const causes = deployments.filter(({ id }) => caused.has(id));
    if (causes.length > 0) {
      const incidents = causes.flatMap(({ id }) => caused.get(id) ?? []);
      const course = untilResolved(causes[0], incidents, now);
      return [{ rollout, reason: 'incident', incidents, ...course }];
    }
    const failed = deployments.filter(({ fact }) => fact.result === 'failure');
    if (failed.length > 0) {
      const since = failed[0].at;
      const recoveredAt = last(failed.map(nextSuccess));
      const course = { since, recoveredAt, clockFault: false };
      return [{ rollout, reason: 'failed', incidents: [], ...course }];
    }
    const mending = deployments.flatMap(({ id }) => menders.get(id) ?? []);
    if (mending.length === 0) return [];
    const course = untilMended(rollout, mending, now);
    return [{ rollout, reason: 'mended', incidents: [], ...course }];
  });
}

function untilResolved(
  cause: Finished,
  incidents: Incident[],
  now: Millis,
): Course {
  const began = incidents.flatMap(
    ({ startedAt }) => credible(startedAt, now) ?? [],
  );
  // A canary can hurt before its deployment is over, but not before it began.
  const since = Math.max(cause.startedAt, Math.min(cause.at, ...began));
  const ends = incidents.map(({ resolvedAt }) => credible(resolvedAt, now));
  const recoveredAt = last(ends);
  const incredible = incidents.some(
    ({ resolvedAt }, index) =>
      ends[index] === undefined && Date.parse(resolvedAt ?? '') <= now,
  );
  const clockFault =
    incredible || (recoveredAt !== undefined && recoveredAt < since);
  return { since, recoveredAt, clockFault };
}

function untilMended(
  rollout: Rollout,
  mending: Deployment[],
  now: Millis,
): Course {
  const ends = mending
    .filter(({ result }) => result === 'success')
    .flatMap(({ finishedAt }) => credible(finishedAt, now) ?? []);
  const recoveredAt = ends.length > 0 ? Math.min(...ends) : undefined;
  const since = rollout.at;
  return {
    since,
    recoveredAt,
    clockFault: recoveredAt !== undefined && recoveredAt < since,
  };
}

/** When the place where a deployment failed was next deployed to successfully. */
function successAfter(finished: Finished[]) {
  const successes = groupBy(
    finished.filter(({ fact }) => fact.result === 'success'),
    placeOf,
  );
  return (failed: Finished): Millis | undefined => {
    const there = successes.get(placeOf(failed)) ?? [];
    return there[firstAt(there, failed.at)]?.at;
  };
}

/** The last of them; undefined while one is missing. */
function last(ends: (Millis | undefined)[]): Millis | undefined {
  return ends.reduce(
    (a, b) => (a === undefined || b === undefined ? undefined : Math.max(a, b)),
    -Infinity,
  );
}
