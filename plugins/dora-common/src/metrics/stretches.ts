import { Bucket, bucketsOf } from './distribution';
import { Millis } from './instants';
import { PackedRows } from './packed';
import { numbersOf } from './places';
import { Spread } from './spread';
import {
  Counting,
  tallyChanges,
  tallyRollouts,
  tallyUnlinked,
  tallyWaiting,
} from './tally';

export const DURATIONS = [
  'total',
  'coding',
  'review',
  'deploy',
  'botTotal',
] as const;

/** What was counted of a stretch of time: the same as long as its rows are. */
export interface Stretch {
  from: Millis;
  /** Not included. */
  to: Millis;
  finished: number;
  reached: number;
  /** By reason. */
  failed: number[];
  rework: number;
  unscheduled: number;
  /** Failures that were not over at its end. */
  open: number;
  /** Recoveries whose times contradict each other. */
  flaggedRecoveries: number;
  /** Of failures that were over in it, in seconds. */
  recoveries: Float64Array;
  deployed: number;
  flagged: number;
  unknown: number;
  byBots: number;
  waiting: number;
  unlinked: number;
  durations: Record<(typeof DURATIONS)[number], Spread>;
  /** How lead times are spread. */
  leadTimes: Bucket[];
}

/** Stretches that were counted before, of the same rows. */
export interface KeptStretches {
  get(from: Millis, to: Millis): Stretch | undefined;
  keep(stretch: Stretch): void;
}

/**
 * Counts the stretches between edges; those that are kept are not counted again.
 * @param edges - ascending: where each begins, and the last one's end
 */
export function stretchesOf(
  parts: readonly PackedRows[],
  edges: readonly Millis[],
  counting: Counting,
  kept?: KeptStretches,
): Stretch[] {
  const stretches = edges
    .slice(1)
    .map((to, k) => kept?.get(edges[k], to) ?? { from: edges[k], to });
  let counted: Stretch[] = [];
  return stretches.map((one, k) => {
    if (isCounted(one)) return one;
    if (counted.length === 0) {
      // In one pass all up to the next that is known.
      const next = stretches.findIndex((other, i) => i > k && isCounted(other));
      const end = next < 0 ? stretches.length : next;
      counted = count(parts, edges.slice(k, end + 1), counting);
      counted.forEach(stretch => kept?.keep(stretch));
    }
    return counted.shift()!;
  });
}

function isCounted(one: Stretch | Pick<Stretch, 'from'>): one is Stretch {
  return 'finished' in one;
}

function count(
  parts: readonly PackedRows[],
  ends: readonly Millis[],
  counting: Counting,
): Stretch[] {
  const edges = Float64Array.from(ends);
  const rollouts = tallyRollouts(parts, edges, counting);
  const changes = tallyChanges(parts, edges, counting);
  const waiting = tallyWaiting(parts, edges, counting);
  const unlinked = tallyUnlinked(parts, edges);
  return ends.slice(1).map((to, k) => ({
    from: ends[k],
    to,
    finished: rollouts.finished[k],
    reached: rollouts.reached[k],
    failed: rollouts.failed.map(of => of[k]),
    rework: rollouts.rework[k],
    unscheduled: rollouts.unscheduled[k],
    open: rollouts.open[k],
    flaggedRecoveries: rollouts.flagged[k],
    recoveries: numbersOf(rollouts.recoveries, k),
    deployed: changes.deployed[k],
    flagged: changes.flagged[k],
    unknown: changes.unknown[k],
    byBots: changes.byBots[k],
    waiting: waiting[k],
    unlinked: unlinked[k],
    durations: {
      total: changes.total[k],
      coding: changes.coding[k],
      review: changes.review[k],
      deploy: changes.deploy[k],
      botTotal: changes.botTotal[k],
    },
    leadTimes: bucketsOf(changes.total[k]),
  }));
}
