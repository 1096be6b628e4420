/** Of a set of durations or counts. */
export interface Percentiles {
  p50: number;
  p75: number;
  p90: number;
}

/**
 * Between the two nearest values by linear interpolation, as PostgreSQL's
 * `percentile_cont` does it; at 0.5 that is the true median.
 * @param sorted - ascending, at least one
 * @param share - 0..1
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  return low + (place - Math.floor(place)) * (high - low);
}

/** Undefined where there is no value. */
export function percentilesOf(
  values: readonly number[],
): Percentiles | undefined {
  if (values.length === 0) return undefined;
  // Numbers by themselves are sorted several times as fast.
  const sorted = Float64Array.from(values).sort();
  return {
    p50: percentile(sorted, 0.5),
    p75: percentile(sorted, 0.75),
    p90: percentile(sorted, 0.9),
  };
}

/** Undefined where there is no value. */
export function median(values: readonly number[]): number | undefined {
  return percentilesOf(values)?.p50;
}
