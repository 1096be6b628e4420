/** Of a set of durations or counts. */
export interface Percentiles {
  p50: number;
  p75: number;
  p90: number;
}

/** In any order. */
export type Durations = readonly number[] | Float64Array;

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

function between(low: number, high: number, place: number): number {
  return low + (place - Math.floor(place)) * (high - low);
}

/**
 * Undefined where there is no value.
 * @param values - numbers in a Float64Array are put into another order
 */
export function percentilesOf(values: Durations): Percentiles | undefined {
  const [p50, p75, p90] = sharesOf(values, [0.5, 0.75, 0.9]);
  return p50 === undefined ? undefined : { p50, p75, p90 };
}

/**
 * Undefined where there is no value.
 * @param values - numbers in a Float64Array are put into another order
 */
export function median(values: Durations): number | undefined {
  return sharesOf(values, [0.5])[0];
}

/** Below that a sort is as fast as anything. */
const FEW = 100;
/** Above that values are counted first. */
const MANY = 2_000;

/** Percentiles for growing shares; of no values none. */
function sharesOf(values: Durations, shares: readonly number[]): number[] {
  if (values.length === 0) return [];
  // Numbers by themselves are sorted several times as fast.
  const numbers =
    values instanceof Float64Array ? values : Float64Array.from(values);
  if (numbers.length > MANY) return countedShares(numbers, shares);
  if (numbers.length <= FEW) numbers.sort();
  else shares.reduce((from, share) => placed(numbers, from, share), 0);
  return shares.map(share => percentile(numbers, share));
}

const BUCKETS = 8_192;

/** Grows with the value: narrow for minutes, wide for months, the last for years. */
const bucketOf = (value: number) => Math.min(BUCKETS - 1, Math.sqrt(value)) | 0;

/**
 * The same, of many: counts them by bucket, and puts only those in order that lie in
 * the same bucket as a percentile.
 */
function countedShares(
  numbers: Float64Array,
  shares: readonly number[],
): number[] {
  const counts = new Uint32Array(BUCKETS);
  for (let i = 0; i < numbers.length; i++) counts[bucketOf(numbers[i])] += 1;
  const last = numbers.length - 1;
  const places = shares.flatMap(share => [
    Math.floor(share * last),
    Math.ceil(share * last),
  ]);
  // Where the values of a bucket begin, once all are in order; 0 for one unasked.
  const wanted = new Uint8Array(BUCKETS);
  const starts: number[] = [];
  let [before, all, next] = [0, 0, 0];
  for (let bucket = 0; next < places.length; bucket++) {
    const end = before + counts[bucket];
    if (places[next] < end) {
      wanted[bucket] = 1;
      while (places[next] < end) {
        starts.push(before - all);
        next += 1;
      }
      all += counts[bucket];
    }
    before = end;
  }
  const kept = new Float64Array(all);
  let n = 0;
  for (let i = 0; i < numbers.length; i++) {
    if (wanted[bucketOf(numbers[i])]) kept[n++] = numbers[i];
  }
  const values = valuesAt(
    kept,
    places.map((place, i) => place - starts[i]),
  );
  return shares.map((share, i) => {
    const [low, high] = [values[2 * i], values[2 * i + 1]];
    return between(low, high, share * last);
  });
}

/** @param places - growing */
function valuesAt(numbers: Float64Array, places: readonly number[]): number[] {
  let from = 0;
  return places.map(place => {
    if (place >= from) select(numbers, place, from, numbers.length - 1);
    from = Math.max(from, place + 1);
    return numbers[place];
  });
}

/**
 * Puts the values that a percentile lies between where they are in order, with
 * nothing larger before and nothing smaller behind them.
 * @param from - what is before is not larger, and stays where it is
 * @returns the same for the next percentile
 */
function placed(numbers: Float64Array, from: number, share: number): number {
  const last = numbers.length - 1;
  const low = Math.floor(share * last);
  const high = Math.ceil(share * last);
  if (low >= from) select(numbers, low, from, last);
  if (high === low) return Math.max(from, low + 1);
  let least = high;
  for (let i = high + 1; i <= last; i++) {
    if (numbers[i] < numbers[least]) least = i;
  }
  if (high >= from) swap(numbers, high, least);
  return Math.max(from, high + 1);
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
