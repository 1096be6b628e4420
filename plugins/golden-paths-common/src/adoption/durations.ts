import { percentile } from '@waymark/backstage-plugin-dora-common';
import { CreationFact } from './facts';

/** Of durations in seconds. */
export interface Spread {
  n: number;
  /** The true median; null of no durations. */
  p50: number | null;
  p95: number | null;
}

export function spreadOf(seconds: readonly number[]): Spread {
  const n = seconds.length;
  if (n === 0) return { n, p50: null, p95: null };
  const sorted = [...seconds].sort((a, b) => a - b);
  return { n, p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) };
}

/** How long people waited for what succeeded. */
export interface CreationTimes {
  /** From the request to the end, the wait in the queue included. */
  total: Spread;
  /** The wait in the queue alone. */
  wait: Spread;
}

/**
 * Of runs that succeeded. One that somebody started again after it had failed
 * says nothing of how long a run takes, and is left out.
 */
export function timesOf(creations: readonly CreationFact[]): CreationTimes {
  const counted = creations.filter(
    ({ outcome, isRetried }) => outcome === 'succeeded' && !isRetried,
  );
  const between = (from?: number, to?: number) =>
    from === undefined || to === undefined
      ? []
      : // Clocks of two machines may differ; nobody waits less than nothing.
        [Math.max(0, to - from) / 1000];
  return {
    total: spreadOf(
      counted.flatMap(one => between(one.queuedAt, one.finishedAt)),
    ),
    wait: spreadOf(
      counted.flatMap(one => between(one.queuedAt, one.startedAt)),
    ),
  };
}
