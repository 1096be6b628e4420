import { Change, Facts } from '../facts';
import { FailureReason, failuresOf } from './failures';
import { byTime, credible, Millis, seconds } from './instants';
import { finishedDeployments, Rollout, rolloutsOf } from './rollouts';

/** Counts as one deployment, whatever it was brought to. */
export interface RolloutRow {
  /** Of its first deployment. */
  id: string;
  entityRef: string;
  /** When it first succeeded; where it never did, when it first failed. */
  at: Millis;
  /** In the order in which they finished. */
  deploymentIds: string[];
  /** Whether it succeeded anywhere. */
  reached: boolean;
  planned: boolean;
  /** Whether it is unplanned, and an incident is known that made it necessary. */
  rework: boolean;
  /** Left out where nothing had to be done about it. */
  failure?: {
    reason: FailureReason;
    incidentIds: string[];
    /** When the deployment finished, or its incident began if that was before. */
    since: Millis;
    /** When all of it was over; left out while it lasts. */
    recoveredAt?: Millis;
    clockFault: boolean;
  };
}

/** How long a change took, in seconds. */
export interface LeadTime {
  total: number;
  /** First commit until opened; unknown for a commit pushed directly. */
  coding?: number;
  /** Opened until merged. */
  review?: number;
  /** Merged until deployed. */
  deploy: number;
}

/** A change that reached production, and when. */
export interface ChangeRow {
  id: string;
  entityRef: string;
  at: Millis;
  bot: boolean;
  /** Left out where the first commit is not known, or a clock was wrong. */
  lead?: LeadTime;
  /** Whether its times contradict each other. */
  clockFault: boolean;
}

/** A change that no production deployment contains, and when it was merged. */
export interface WaitingRow {
  id: string;
  entityRef: string;
  at: Millis;
  bot: boolean;
}

/** An incident that no deployment caused, and when it began. */
export interface UnlinkedRow {
  id: string;
  entityRef: string;
  at: Millis;
}

/**
 * All that metrics look at, without text: plain values that can be stored and
 * read again for a window. Each list is in order of time.
 */
export interface MetricRows {
  rollouts: RolloutRow[];
  changes: ChangeRow[];
  waiting: WaitingRow[];
  unlinked: UnlinkedRow[];
}

/**
 * Reads facts once. Rows of a component come from its own facts and the incidents
 * that its deployments caused; made of the same facts in any order they are the same.
 * @param facts - of all time, so that what began before a window is known in it
 * @param rolloutHours - regions that begin later after the first are another row
 */
export function rowsOf(
  facts: Facts,
  now: Millis,
  rolloutHours: number,
): MetricRows {
  const finished = finishedDeployments(facts.deployments, now);
  const rollouts = rolloutsOf(finished, rolloutHours);
  const incidents = [...facts.incidents]
    .filter(({ startedAt }) => Date.parse(startedAt) <= now)
    .sort((a, b) => byTime({ id: a.id, at: 0 }, { id: b.id, at: 0 }));
  const failures = new Map(
    failuresOf(
      { rollouts, finished, deployments: facts.deployments, incidents },
      now,
    ).map(({ rollout, incidents: own, ...course }) => [
      rollout.id,
      { ...course, incidentIds: own.map(({ id }) => id) },
    ]),
  );
  const hurtful = new Set(incidents.map(({ deploymentId }) => deploymentId));
  const known = new Set(finished.map(({ id }) => id));
  return {
    rollouts: rollouts.map(rollout => {
      const failure = failures.get(rollout.id);
      return { ...rolloutRow(rollout, hurtful), ...(failure && { failure }) };
    }),
    changes: facts.changes
      .flatMap(change => changeRow(change, now))
      .sort(byTime),
    waiting: facts.changes
      .filter(({ deployedAt }) => deployedAt === undefined)
      .flatMap(({ id, entityRef, bot, mergedAt }) => {
        const at = credible(mergedAt, now);
        return at === undefined ? [] : [{ id, entityRef, at, bot }];
      })
      .sort(byTime),
    unlinked: incidents
      .filter(({ deploymentId }) => !known.has(deploymentId ?? ''))
      .flatMap(({ id, entityRef, startedAt }) => {
        const at = credible(startedAt, now);
        return at === undefined ? [] : [{ id, entityRef, at }];
      })
      .sort(byTime),
  };
}

function rolloutRow(
  { id, entityRef, at, reached, kind, deployments }: Rollout,
  hurtful: ReadonlySet<string | undefined>,
): RolloutRow {
  const planned = kind === 'planned';
  const hasIncident = deployments.some(
    ({ fact: { incidentId, mendsDeploymentId: mends } }) =>
      incidentId !== undefined || (mends !== undefined && hurtful.has(mends)),
  );
  return {
    id,
    entityRef,
    at,
    deploymentIds: deployments.map(deployment => deployment.id),
    reached,
    planned,
    rework: !planned && hasIncident,
  };
}

function changeRow(fact: Change, now: Millis): ChangeRow[] {
  const at = credible(fact.deployedAt, now);
  if (at === undefined) return [];
  const merged = credible(fact.mergedAt, now);
  const first = credible(fact.firstCommitAt, now);
  const row = { id: fact.id, entityRef: fact.entityRef, at, bot: fact.bot };
  if (merged === undefined || merged > at)
    return [{ ...row, clockFault: true }];
  if (fact.firstCommitAt === undefined) return [{ ...row, clockFault: false }];
  if (first === undefined || first > merged) {
    return [{ ...row, clockFault: true }];
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
  return [{ ...row, lead, clockFault: false }];
}
