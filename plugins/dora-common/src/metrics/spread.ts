import {
  Percentiles,
  placesOf,
  SHARES,
  sharesBetween,
  valuesAt,
} from './percentiles';

/** Of some durations in seconds. */
export interface Middle {
  n: number;
  /** Undefined where there is none. */
  percentiles?: Percentiles;
}

/** At most; a power of 2. The last holds more than two years. */
const MOST_BUCKETS = 8_192;
/** The fewer values there are, the wider are the buckets: there is less to count. */
const FEWEST_BUCKETS = 16;
/** Values, about, where there are not many. */
const IN_A_BUCKET = 4;

/**
 * Durations of an interval, of which percentiles are asked, by themselves or together
 * with those of others. They are sorted into buckets once, so that only the few that
 * lie near a percentile have to be put in order.
 */
export class Spread {
  /** A power of 2: each of many buckets is a part of one of few. */
  readonly buckets: number;
  private numbers: Float64Array;
  private readonly ends: Uint32Array;
  private length = 0;

  /** @param most - how many there are at most */
  constructor(most: number) {
    let buckets = FEWEST_BUCKETS;
    while (buckets * IN_A_BUCKET < most && buckets < MOST_BUCKETS) buckets *= 2;
    this.buckets = buckets;
    this.numbers = new Float64Array(most);
    this.ends = new Uint32Array(buckets);
  }

  /** How many there are. */
  get n(): number {
    return this.length;
  }

  /** How much it keeps. */
  get bytes(): number {
    return this.numbers.byteLength + this.ends.byteLength;
  }

  add(value: number): void {
    this.ends[bucketOf(value, this.buckets)] += 1;
    this.numbers[this.length++] = value;
  }

  /** None is added after it, and none is looked for before. */
  close(): this {
    const { ends, numbers, buckets, length } = this;
    let end = 0;
    for (let b = 0; b < buckets; b++) {
      const n = ends[b];
      ends[b] = end;
      end += n;
    }
    const sorted = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const value = numbers[i];
      sorted[ends[bucketOf(value, buckets)]++] = value;
    }
    this.numbers = sorted;
    return this;
  }

  /** Calls back with each, in any order. */
  forEach(use: (value: number) => void): void {
    this.numbers.forEach(value => use(value));
  }

  /** How many lie in the first ones of so many buckets, up to this one. */
  countTo(bucket: number, buckets: number): number {
    const own = this.ownOf(bucket, buckets);
    if (this.buckets === buckets) return this.ends[own];
    const from = this.startOf(own);
    let n = from;
    for (let i = from; i < this.ends[own]; i++) {
      if (bucketOf(this.numbers[i], buckets) <= bucket) n += 1;
    }
    return n;
  }

  /** Those in one of so many buckets. */
  inBucket(bucket: number, buckets: number): Float64Array {
    const own = this.ownOf(bucket, buckets);
    const values = this.numbers.subarray(this.startOf(own), this.ends[own]);
    if (this.buckets === buckets) return values;
    return values.filter(value => bucketOf(value, buckets) === bucket);
  }

  /** The own bucket that one of as many or more lies in. */
  private ownOf(bucket: number, buckets: number): number {
    return Math.floor(bucket / (buckets / this.buckets));
  }

  private startOf(bucket: number): number {
    return bucket === 0 ? 0 : this.ends[bucket - 1];
  }
}

/** Grows with the value: narrow for minutes, wide for months. */
function bucketOf(value: number, buckets: number): number {
  const scale = buckets / MOST_BUCKETS;
  return Math.min(buckets - 1, Math.sqrt(value) * scale) | 0;
}

/** Of several together; all are closed. */
export function middleOf(spreads: readonly Spread[]): Middle {
  const n = spreads.reduce((all, one) => all + one.n, 0);
  if (n === 0) return { n };
  const buckets = Math.max(...spreads.map(one => one.buckets));
  const countTo = (bucket: number) =>
    spreads.reduce((all, one) => all + one.countTo(bucket, buckets), 0);
  const found = new Map<number, number>();
  const places = placesOf(n, SHARES);
  const left = [...new Set(places)].sort((a, b) => a - b);
  while (left.length > 0) {
    const bucket = firstWith(buckets, b => countTo(b) > left[0]);
    const before = bucket === 0 ? 0 : countTo(bucket - 1);
    const end = countTo(bucket);
    const inside = new Float64Array(end - before);
    let i = 0;
    for (const one of spreads) {
      const values = one.inBucket(bucket, buckets);
      inside.set(values, i);
      i += values.length;
    }
    const own = left.splice(0, left.filter(place => place < end).length);
    const values = valuesAt(
      inside,
      own.map(place => place - before),
    );
    own.forEach((place, index) => found.set(place, values[index]));
  }
  const near = places.map(place => found.get(place)!);
  const [p50, p75, p90] = sharesBetween(near, n, SHARES);
  return { n, percentiles: { p50, p75, p90 } };
}

/** The first of so many buckets that it is true for, as it is for all after it. */
function firstWith(buckets: number, isTrue: (bucket: number) => boolean) {
  let low = 0;
  let high = buckets - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
