/** Of a set of durations or counts. */
export interface Percentiles {
  p50: number;
  p75: number;
  p90: number;
}

/** In any order. */
export type Durations = readonly number[] | Float64Array;

/** Of {@link Percentiles}, in their order. */
export const SHARES = [0.5, 0.75, 0.9] as const;

/**
 * Between the two nearest values by linear interpolation, as PostgreSQL's
 * `percentile_cont` does it; at 0.5 that is the true median.
 * @param sorted - ascending, at least one
 * @param share - 0..1
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  return between(sorted[Math.floor(place)], sorted[Math.ceil(place)], place);
}

/**
 * Undefined where there is no value.
 * @param values - numbers in a Float64Array are put into another order
 */
export function percentilesOf(values: Durations): Percentiles | undefined {
  const [p50, p75, p90] = sharesOf(values, SHARES);
  return p50 === undefined ? undefined : { p50, p75, p90 };
}

/**
 * Undefined where there is no value.
 * @param values - numbers in a Float64Array are put into another order
 */
export function median(values: Durations): number | undefined {
  return sharesOf(values, [0.5])[0];
}

/** Percentiles for growing shares; of no values none. */
function sharesOf(values: Durations, shares: readonly number[]): number[] {
  if (values.length === 0) return [];
  // Numbers by themselves are sorted several times as fast.
  const numbers =
    values instanceof Float64Array ? values : Float64Array.from(values);
  const near = valuesAt(numbers, placesOf(numbers.length, shares));
  return sharesBetween(near, numbers.length, shares);
}

/** The places of the two values that each percentile lies between, in order. */
export function placesOf(n: number, shares: readonly number[]): number[] {
  return shares.flatMap(share => [
    Math.floor(share * (n - 1)),
    Math.ceil(share * (n - 1)),
  ]);
}

/** Percentiles of the values at their {@link placesOf}. */
export function sharesBetween(
  values: readonly number[],
  n: number,
  shares: readonly number[],
): number[] {
  return shares.map((share, i) =>
    between(values[2 * i], values[2 * i + 1], share * (n - 1)),
  );
}

function between(low: number, high: number, place: number): number {
  return low + (place - Math.floor(place)) * (high - low);
}

/** Below that a sort is as fast as a selection. */
const FEW = 100;

/**
 * What stands at each place once the numbers are in order; they are put into
 * another order.
 * @param places - growing
 */
export function valuesAt(
  numbers: Float64Array,
  places: readonly number[],
): number[] {
  if (numbers.length <= FEW) numbers.sort();
  let from = 0;
  return places.map(place => {
    const isPlaced = place < from || numbers.length <= FEW;
    if (!isPlaced) select(numbers, place, from, numbers.length - 1);
    from = Math.max(from, place + 1);
    return numbers[place];
  });
}

/** Floyd and Rivest's selection: CACM 18 (1975), algorithm 489. */
function select(
  numbers: Float64Array,
  place: number,
  first: number,
  last: number,
): void {
  let left = first;
  let right = last;
  while (right > left) {
    if (right - left > 600) {
      // A sample says between which values it is likely to lie.
      const n = right - left + 1;
      const i = place - left + 1;
      const z = Math.log(n);
      const s = 0.5 * Math.exp((2 * z) / 3);
      const spread =
        0.5 * Math.sqrt((z * s * (n - s)) / n) * Math.sign(i - n / 2);
      const from = Math.max(left, Math.floor(place - (i * s) / n + spread));
      const to = Math.min(
        right,
        Math.floor(place + ((n - i) * s) / n + spread),
      );
      select(numbers, place, from, to);
    }
    const value = numbers[place];
    let i = left;
    let j = right;
    swap(numbers, left, place);
    if (numbers[right] > value) swap(numbers, left, right);
    while (i < j) {
      swap(numbers, i, j);
      i += 1;
      j -= 1;
      while (numbers[i] < value) i += 1;
      while (numbers[j] > value) j -= 1;
    }
    if (numbers[left] === value) swap(numbers, left, j);
    else {
      j += 1;
      swap(numbers, j, right);
    }
    if (j <= place) left = j + 1;
    if (place <= j) right = j - 1;
  }
}

function swap(numbers: Float64Array, i: number, j: number): void {
  const value = numbers[i];
  numbers[i] = numbers[j];
  numbers[j] = value;
}
