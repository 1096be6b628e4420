import { History } from './history';
import { seconds, within } from './instants';
import { Bots } from './leadTime';
import { countedChanges } from './evidence';
import { past, Window } from './window';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Lower edges of the buckets, in seconds. */
const EDGES = [0, HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY];

/** Durations from `from` up to before `to`, in seconds. */
export interface Bucket {
  from: number;
  /** Left out for the last. */
  to?: number;
  n: number;
}

/** How many durations lie in each bucket, empty ones included. */
export function bucketsOf(durations: {
  forEach(use: (duration: number) => void): void;
}): Bucket[] {
  const counts = EDGES.map(() => 0);
  durations.forEach(duration => {
    let index = EDGES.length - 1;
    while (index > 0 && duration < EDGES[index]) index -= 1;
    counts[index] += 1;
  });
  return EDGES.map((from, index) => {
    const to = EDGES[index + 1] as number | undefined;
    return { from, ...(to !== undefined && { to }), n: counts[index] };
  });
}

/** Buckets of several sets of durations together; at least one. */
export function addedBuckets(all: readonly Bucket[][]): Bucket[] {
  return all[0].map((bucket, index) => ({
    ...bucket,
    n: all.reduce((sum, buckets) => sum + buckets[index].n, 0),
  }));
}

export function leadTimeBuckets(
  history: History,
  window: Window,
  bots?: Bots,
): Bucket[] {
  return bucketsOf(
    countedChanges(history, window, 'lead-time', bots).flatMap(change =>
      'lead' in change ? change.lead?.total ?? [] : [],
    ),
  );
}

export function recoveryTimeBuckets(
  history: History,
  window: Window,
): Bucket[] {
  return bucketsOf(
    within(history.recoveries, past(window, history.now))
      .filter(({ rollout }) => !rollout.failure.clockFault)
      .map(({ rollout, at }) => seconds(rollout.failure.since, at)),
  );
}
