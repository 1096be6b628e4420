import { FAILURE_REASONS } from './failures';
import { seconds } from './instants';
import { Bots } from './leadTime';
import {
  CHANGE,
  FLAG,
  PackedRows,
  REASON_SHIFT,
  ROLLOUT,
  WAITING,
  WIDTH,
} from './packed';
import {
  closed,
  firstAfter,
  firstRowAt,
  Grouped,
  placeIn,
  roomFor,
} from './places';
import { Spread } from './spread';

/** How rows are counted. */
export interface Counting {
  bots: Bots;
  recoverWithoutIncident: boolean;
}

/** What happened to rollouts in each of some intervals: one count for each. */
export interface RolloutTally {
  finished: Uint32Array;
  reached: Uint32Array;
  /** By reason. */
  failed: Uint32Array[];
  rework: Uint32Array;
  unscheduled: Uint32Array;
  /** At the end of each interval. */
  open: Uint32Array;
  flagged: Uint32Array;
  recoveries: Grouped;
}

/** What happened to changes in each of some intervals. */
export interface ChangeTally {
  deployed: Uint32Array;
  flagged: Uint32Array;
  unknown: Uint32Array;
  byBots: Uint32Array;
  /** Durations of each interval. */
  total: Spread[];
  coding: Spread[];
  review: Spread[];
  deploy: Spread[];
  botTotal: Spread[];
}

// Of this module: what another exports is looked up each time, for each row.
const { bot: BOT, fault: FAULT, planned: PLANNED } = FLAG;
const { reached: REACHED, rework: REWORK } = FLAG;
const REASON = REASON_SHIFT;
const { flags: ROLLOUT_FLAGS, since: SINCE, recoveredAt: RECOVERED } = ROLLOUT;
const { flags: CHANGE_FLAGS, total: TOTAL, deploy: DEPLOY } = CHANGE;
const { coding: CODING, review: REVIEW } = CHANGE;
const WAITING_FLAGS = WAITING.flags;
const { rollouts: ROLLOUT_WIDTH, changes: CHANGE_WIDTH } = WIDTH;
const { waiting: WAITING_WIDTH } = WIDTH;

const INCIDENT = 1 + FAILURE_REASONS.indexOf('incident');

/** @param edges - ascending: where each interval begins, and the last one's end */
export function tallyRollouts(
  parts: readonly PackedRows[],
  edges: Float64Array,
  { recoverWithoutIncident }: Counting,
): RolloutTally {
  const counts = () => new Uint32Array(edges.length - 1);
  const [finished, reached, rework, unscheduled] = [0, 0, 0, 0].map(counts);
  const [open, flagged, over] = [0, 0, 0].map(counts);
  const failed = FAILURE_REASONS.map(counts);
  const durations: number[] = [];
  const endedIn: number[] = [];
  const placeOf = placeIn(edges);
  for (const { rollouts: of } of parts) {
    for (let i = 0; i < of.length; i += ROLLOUT_WIDTH) {
      const at = of[i];
      const flags = of[i + ROLLOUT_FLAGS];
      const reason = flags >> REASON;
      const k = placeOf(at);
      if (k >= 0) {
        finished[k] += 1;
        if (reason > 0) failed[reason - 1][k] += 1;
        if (flags & REWORK) rework[k] += 1;
        if (!(flags & PLANNED)) unscheduled[k] += 1;
        if (flags & REACHED) reached[k] += 1;
      }
      if (reason === 0) continue;
      if (!recoverWithoutIncident && reason !== INCIDENT) continue;
      // A failure can last into intervals in which nothing was deployed.
      const since = of[i + SINCE];
      const recoveredAt = of[i + RECOVERED];
      const ended = placeOf(recoveredAt);
      if (flags & FAULT) {
        if (ended >= 0) flagged[ended] += 1;
        continue;
      }
      if (ended >= 0) {
        over[ended] += 1;
        endedIn.push(ended);
        durations.push(seconds(since, recoveredAt));
      }
      for (
        let e = Math.max(1, firstAfter(edges, since));
        e < edges.length;
        e++
      ) {
        if (recoveredAt < edges[e]) break;
        open[e - 1] += 1;
      }
    }
  }
  const recoveries = roomFor(over);
  endedIn.forEach((k, i) => {
    recoveries.numbers[recoveries.ends[k]++] = durations[i];
  });
  return {
    finished,
    reached,
    failed,
    rework,
    unscheduled,
    open,
    flagged,
    recoveries: closed(recoveries),
  };
}

/**
 * How many rollouts succeeded in each of some intervals.
 * @param edges - ascending: where each begins, and the last one's end
 */
export function tallyReached(
  parts: readonly PackedRows[],
  edges: Float64Array,
): Uint32Array {
  const reached = new Uint32Array(Math.max(0, edges.length - 1));
  const placeOf = placeIn(edges);
  for (const { rollouts: of } of parts) {
    for (let i = 0; i < of.length; i += ROLLOUT_WIDTH) {
      if (!(of[i + ROLLOUT_FLAGS] & REACHED)) continue;
      const k = placeOf(of[i]);
      if (k >= 0) reached[k] += 1;
    }
  }
  return reached;
}

/** @param edges - ascending: where each interval begins, and the last one's end */
export function tallyChanges(
  parts: readonly PackedRows[],
  edges: Float64Array,
  { bots }: Counting,
): ChangeTally {
  const counts = () => new Uint32Array(edges.length - 1);
  const [deployed, flagged, unknown, byBots] = [0, 0, 0, 0].map(counts);
  const lists = parts
    .map(({ changes }) => changes)
    .filter(of => overlaps(of, CHANGE_WIDTH, edges));
  const most = [...mostOf(lists, edges)];
  const spreads = () => most.map(n => new Spread(n));
  const [total, coding, review] = [0, 0, 0].map(spreads);
  const [deploy, botTotal] = [0, 0].map(spreads);
  for (const of of lists) {
    const from = firstRowAt(of, CHANGE_WIDTH, edges[0]);
    const to = firstRowAt(of, CHANGE_WIDTH, edges[edges.length - 1], from);
    let k = 0;
    for (let i = from; i < to; i += CHANGE_WIDTH) {
      while (of[i] >= edges[k + 1]) k += 1;
      const flags = of[i + CHANGE_FLAGS];
      const byBot = (flags & BOT) !== 0;
      const lead = of[i + TOTAL];
      const hasLead = !Number.isNaN(lead);
      if (byBot) {
        byBots[k] += 1;
        if (hasLead) botTotal[k].add(lead);
      }
      if (bots !== 'with' && byBot !== (bots === 'only')) continue;
      deployed[k] += 1;
      if (!hasLead) {
        if (flags & FAULT) flagged[k] += 1;
        else unknown[k] += 1;
        continue;
      }
      total[k].add(lead);
      deploy[k].add(of[i + DEPLOY]);
      const coded = of[i + CODING];
      if (!Number.isNaN(coded)) coding[k].add(coded);
      const reviewed = of[i + REVIEW];
      if (!Number.isNaN(reviewed)) review[k].add(reviewed);
    }
  }
  for (const all of [total, coding, review, deploy, botTotal]) {
    all.forEach(one => one.close());
  }
  return {
    deployed,
    flagged,
    unknown,
    byBots,
    total,
    coding,
    review,
    deploy,
    botTotal,
  };
}

/** How many rows lie in each interval. */
function mostOf(
  lists: readonly Float64Array[],
  edges: Float64Array,
): Uint32Array {
  const most = new Uint32Array(edges.length - 1);
  for (const of of lists) {
    let from = firstRowAt(of, CHANGE_WIDTH, edges[0]);
    for (let k = 0; k < most.length; k++) {
      const to = firstRowAt(of, CHANGE_WIDTH, edges[k + 1], from);
      most[k] += (to - from) / CHANGE_WIDTH;
      from = to;
    }
  }
  return most;
}

/** How many changes wait in each interval by when they were merged. */
export function tallyWaiting(
  parts: readonly PackedRows[],
  edges: Float64Array,
  { bots }: Counting,
): Uint32Array {
  const waiting = new Uint32Array(edges.length - 1);
  const placeOf = placeIn(edges);
  for (const { waiting: of } of parts) {
    if (!overlaps(of, WAITING_WIDTH, edges)) continue;
    for (let i = 0; i < of.length; i += WAITING_WIDTH) {
      const k = placeOf(of[i]);
      const byBot = (of[i + WAITING_FLAGS] & BOT) !== 0;
      if (k >= 0 && (bots === 'with' || byBot === (bots === 'only'))) {
        waiting[k] += 1;
      }
    }
  }
  return waiting;
}

/** How many incidents that no deployment caused began in each interval. */
export function tallyUnlinked(
  parts: readonly PackedRows[],
  edges: Float64Array,
): Uint32Array {
  const unlinked = new Uint32Array(edges.length - 1);
  const placeOf = placeIn(edges);
  for (const { unlinked: of } of parts) {
    for (let i = 0; i < of.length; i += 1) {
      const k = placeOf(of[i]);
      if (k >= 0) unlinked[k] += 1;
    }
  }
  return unlinked;
}

/** Whether rows in order of time have any between the edges. */
function overlaps(
  of: Float64Array,
  width: number,
  edges: Float64Array,
): boolean {
  return (
    of.length > 0 &&
    of[0] < edges[edges.length - 1] &&
    of[of.length - width] >= edges[0]
  );
}
