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

/** Of an interval, at most; a power of 2. The last holds more than two years. */
const BUCKETS = 8_192;
/** The fewer values there are, the wider are the buckets: there is less to count. */
const FEWEST_BUCKETS = 16;
/** Of all intervals: the more there are, the wider are the buckets of each. */
const MOST_BUCKETS = 1 << 20;

/** What a bucket is looked into for. */
const OWN = 1;
const ALL = 2;

/** The values that lie in the same bucket as a percentile. */
class Wanted {
  readonly buckets: number[] = [];
  private readonly kept: Float64Array;
  /** Where each percentile lies among them, once they are in order. */
  private readonly places: number[] = [];
  private end = 0;

  constructor(private readonly n: number, counts: Uint32Array) {
    const places = n === 0 ? [] : placesOf(n, SHARES);
    let [before, skipped] = [0, 0];
    for (let b = 0, next = 0; next < places.length; b++) {
      const end = before + counts[b];
      if (places[next] < end) this.buckets.push(b);
      else skipped += counts[b];
      for (; places[next] < end; next++) {
        this.places.push(places[next] - skipped);
      }
      before = end;
    }
    this.kept = new Float64Array(
      this.buckets.reduce((size, b) => size + counts[b], 0),
    );
  }

  keep(value: number): void {
    this.kept[this.end++] = value;
  }

  middle(): Middle {
    const { n } = this;
    if (n === 0) return { n };
    const values = valuesAt(this.kept, this.places);
    const [p50, p75, p90] = sharesBetween(values, n, SHARES);
    return { n, percentiles: { p50, p75, p90 } };
  }
}

/**
 * Durations of several intervals, of which percentiles are asked: of each interval,
 * and of all together. They are counted as they come, so that only the few that lie
 * near a percentile have to be put in order.
 */
export class Spread {
  private readonly buckets: number;
  private readonly scale: number;
  private readonly counts: Uint32Array;
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;
  private readonly numbers: Float64Array;

  /** @param most - how many there are at most, for each interval */
  constructor(most: Uint32Array) {
    const room = Math.min(BUCKETS, MOST_BUCKETS / most.length);
    const largest = most.reduce((one, other) => Math.max(one, other), 0);
    let buckets = FEWEST_BUCKETS;
    while (buckets < largest && buckets * 2 <= room) buckets *= 2;
    this.buckets = buckets;
    this.scale = buckets / BUCKETS;
    this.counts = new Uint32Array(buckets * most.length);
    this.starts = new Uint32Array(most.length);
    let all = 0;
    for (let k = 0; k < most.length; k++) {
      this.starts[k] = all;
      all += most[k];
    }
    this.ends = this.starts.slice();
    this.numbers = new Float64Array(all);
  }

  add(k: number, value: number): void {
    this.counts[k * this.buckets + this.bucketOf(value)] += 1;
    this.numbers[this.ends[k]++] = value;
  }

  /** Calls back with each, in any order. */
  forEach(use: (value: number) => void): void {
    for (let k = 0; k < this.ends.length; k++) {
      for (let i = this.starts[k]; i < this.ends[k]; i++) use(this.numbers[i]);
    }
  }

  /** Of each interval, and of all together. */
  middles(): { each: Middle[]; all: Middle } {
    const { starts, ends } = this;
    const own = ends.map((end, k) => end - starts[k]);
    const each = [...own].map((n, k) => new Wanted(n, this.countsOf(k)));
    // One interval is all there is.
    const all =
      each.length === 1 ? each[0] : new Wanted(sum(own), this.summed());
    const marks = new Uint8Array(this.buckets);
    each.forEach((one, k) => {
      marks.fill(0);
      for (const bucket of one.buckets) marks[bucket] |= OWN;
      if (one !== all) for (const bucket of all.buckets) marks[bucket] |= ALL;
      for (let i = starts[k]; i < ends[k]; i++) {
        const value = this.numbers[i];
        const mark = marks[this.bucketOf(value)];
        if (mark === 0) continue;
        if (mark & OWN) one.keep(value);
        if (mark & ALL) all.keep(value);
      }
    });
    return { each: each.map(one => one.middle()), all: all.middle() };
  }

  private countsOf(k: number): Uint32Array {
    return this.counts.subarray(k * this.buckets, (k + 1) * this.buckets);
  }

  private summed(): Uint32Array {
    const counts = new Uint32Array(this.buckets);
    for (let i = 0; i < this.counts.length; i++) {
      counts[i % this.buckets] += this.counts[i];
    }
    return counts;
  }

  /** Grows with the value: narrow for minutes, wide for months. */
  private bucketOf(value: number): number {
    return Math.min(this.buckets - 1, Math.sqrt(value) * this.scale) | 0;
  }
}

function sum(counts: Uint32Array): number {
  return counts.reduce((all, n) => all + n, 0);
}
