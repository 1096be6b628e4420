import { Change, Facts } from '../facts';
import { Failure, failuresOf } from './failures';
import { byTime, credible, Millis, seconds } from './instants';
import { finishedDeployments, Rollout, rolloutsOf } from './rollouts';

/** What a company can decide about how its facts are counted. */
export interface MetricOptions {
  /** Regions that begin later than that after the first are another deployment. */
  rolloutHours: number;
  /**
   * Whether a failed or mended deployment without an incident is over with the
   * next success; otherwise only incidents have a recovery time.
   */
  recoverWithoutIncident: boolean;
}

export const DEFAULT_OPTIONS: MetricOptions = {
  rolloutHours: 24,
  recoverWithoutIncident: true,
};

/** How long a change took, in seconds. */
export interface LeadTime {
  total: number;
  /** First commit until ready for review; unknown for a commit pushed directly. */
  coding?: number;
  /** Ready for review until merged. */
  review?: number;
  /** Merged until deployed. */
  deploy: number;
}

/** A change that reached production, and when. */
export interface DeployedChange {
  id: string;
  fact: Change;
  at: Millis;
  /** Left out where the first commit is not known. */
  lead?: LeadTime;
  /** Whether its times contradict each other. */
  clockFault: boolean;
}

/** A change that no production deployment contains yet, and when it was merged. */
export interface WaitingChange {
  id: string;
  fact: Change;
  at: Millis;
}

/** A failure, by when it was over. */
export interface Recovery {
  id: string;
  failure: Failure;
  at: Millis;
}

/**
 * Facts read once and put in order, so that each metric of each interval only
 * looks at its part. Made of the same facts in any order it is the same.
 */
export interface History {
  now: Millis;
  rollouts: Rollout[];
  deployed: DeployedChange[];
  waiting: WaitingChange[];
  /** By id of the rollout. */
  failures: ReadonlyMap<string, Failure>;
  /** Those that count for the recovery time and are over. */
  recoveries: Recovery[];
  /** Those that count for the recovery time, over or not. */
  recoverable: Failure[];
  /** Deployments that caused an incident. */
  hurtful: ReadonlySet<string>;
  /** Incidents that no deployment caused, by when they began. */
  unlinked: { id: string; at: Millis }[];
}

/** @param facts - of all time, so that what began before a window is known in it */
export function historyOf(
  facts: Facts,
  now: Millis,
  options: MetricOptions = DEFAULT_OPTIONS,
): History {
  const finished = finishedDeployments(facts.deployments, now);
  const rollouts = rolloutsOf(finished, options.rolloutHours);
  const begun = [...facts.incidents]
    .filter(({ startedAt }) => Date.parse(startedAt) <= now)
    .sort((a, b) => byTime({ ...a, at: 0 }, { ...b, at: 0 }));
  const failures = failuresOf(
    { rollouts, finished, deployments: facts.deployments, incidents: begun },
    now,
  );
  const recoverable = options.recoverWithoutIncident
    ? failures
    : failures.filter(({ reason }) => reason === 'incident');
  const known = new Set(finished.map(({ id }) => id));
  return {
    now,
    rollouts,
    deployed: facts.changes
      .flatMap(change => deployedChange(change, now))
      .sort(byTime),
    waiting: facts.changes
      .filter(({ deployedAt }) => deployedAt === undefined)
      .flatMap(fact => timed(fact, credible(fact.mergedAt, now)))
      .sort(byTime),
    failures: new Map(failures.map(failure => [failure.rollout.id, failure])),
    recoverable,
    recoveries: recoverable
      .flatMap(failure =>
        failure.recoveredAt === undefined
          ? []
          : [{ id: failure.rollout.id, failure, at: failure.recoveredAt }],
      )
      .sort(byTime),
    hurtful: new Set(begun.flatMap(({ deploymentId }) => deploymentId ?? [])),
    unlinked: begun
      .filter(({ deploymentId }) => !known.has(deploymentId ?? ''))
      .flatMap(fact => timed(fact, credible(fact.startedAt, now)))
      .sort(byTime),
  };
}

function timed<T extends { id: string }>(fact: T, at: Millis | undefined) {
  return at === undefined ? [] : [{ id: fact.id, fact, at }];
}

function deployedChange(fact: Change, now: Millis): DeployedChange[] {
  const at = credible(fact.deployedAt, now);
  if (at === undefined) return [];
  const merged = credible(fact.mergedAt, now);
  const first = credible(fact.firstCommitAt, now);
  const { id } = fact;
  if (merged === undefined || merged > at) {
    return [{ id, fact, at, clockFault: true }];
  }
  if (fact.firstCommitAt === undefined) {
    return [{ id, fact, at, clockFault: false }];
  }
  if (first === undefined || first > merged) {
    return [{ id, fact, at, clockFault: true }];
  }
  const lead: LeadTime = {
    total: seconds(first, at),
    deploy: seconds(merged, at),
  };
  const ready = credible(fact.readyAt, now);
  if (ready !== undefined) {
    // A rebase renews commits after the pull request was opened; coding is then 0.
    const opened = Math.min(Math.max(ready, first), merged);
    lead.coding = seconds(first, opened);
    lead.review = seconds(opened, merged);
  }
  return [{ id, fact, at, lead, clockFault: false }];
}
