/** A millisecond count since 1970, as `Date.parse` gives it. */
export type Millis = number;

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Git's first day: what claims to be older has a wrong clock. */
export const EARLIEST = Date.UTC(2005, 3, 7);

/**
 * An instant that can be true, as milliseconds; undefined where there is none, or
 * where it lies before Git was made or after `now`.
 */
export function credible(
  instant: string | undefined,
  now: Millis,
): Millis | undefined {
  const at = instant === undefined ? NaN : Date.parse(instant);
  return at >= EARLIEST && at <= now ? at : undefined;
}

/** Seconds between two instants. */
export function seconds(from: Millis, to: Millis): number {
  return (to - from) / 1000;
}

/** Part of a list sorted by `at` that lies in [from, to). */
export function within<T extends { at: Millis }>(
  sorted: readonly T[],
  { from, to }: { from: Millis; to: Millis },
): T[] {
  return sorted.slice(firstAt(sorted, from), firstAt(sorted, to));
}

/** Index of the first that is not before `limit`. */
export function firstAt<T extends { at: Millis }>(
  sorted: readonly T[],
  limit: Millis,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sorted[middle].at < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By time, then by id: one order for each set, however it arrived. */
export function byTime(
  a: { at: Millis; id: string },
  b: { at: Millis; id: string },
): number {
  return a.at - b.at || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The values under each key. */
export function groupBy<T, K>(
  values: Iterable<T>,
  key: (value: T) => K,
): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const of = key(value);
    const group = groups.get(of);
    if (group) group.push(value);
    else groups.set(of, [value]);
  }
  return groups;
}
