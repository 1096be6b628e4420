import { Millis } from './instants';

/** Numbers of several intervals, each interval's together, in their order. */
export interface Grouped {
  numbers: Float64Array;
  /** Where each begins, and at last where all end. */
  starts: Uint32Array;
}

/** Those of an interval. */
export function numbersOf(
  { numbers, starts }: Grouped,
  k: number,
): Float64Array {
  return numbers.subarray(starts[k], starts[k + 1]);
}

/** Room for numbers of several intervals, to be filled in any order. */
export interface Room {
  numbers: Float64Array;
  /** Where each interval's room begins. */
  starts: Uint32Array;
  /** Where its next number goes. */
  ends: Uint32Array;
}

/** @param most - how many numbers there are at most, for each interval */
export function roomFor(most: Uint32Array): Room {
  const starts = new Uint32Array(most.length);
  let all = 0;
  for (let k = 0; k < most.length; k++) {
    starts[k] = all;
    all += most[k];
  }
  return { numbers: new Float64Array(all), starts, ends: starts.slice() };
}

/** Takes the room that was left over out of it. */
export function closed({ numbers, starts: old, ends }: Room): Grouped {
  const starts = new Uint32Array(old.length + 1);
  for (let k = 0; k < old.length; k++) {
    numbers.copyWithin(starts[k], old[k], ends[k]);
    starts[k + 1] = starts[k] + ends[k] - old[k];
  }
  return { numbers: numbers.subarray(0, starts[old.length]), starts };
}

/**
 * Finds the interval that an instant lies in, -1 outside of all. Rows come in order
 * of time, so that it mostly is the one that was found last.
 * @param edges - ascending: where each begins, and the last one's end
 */
export function placeIn(edges: Float64Array): (at: Millis) => number {
  const last = edges.length - 1;
  let k = 0;
  return at => {
    if (!(at >= edges[0] && at < edges[last])) return -1;
    if (at >= edges[k] && at < edges[k + 1]) return k;
    k = firstAfter(edges, at) - 1;
    return k;
  };
}

/** Index of the first edge that is after the instant. */
export function firstAfter(edges: Float64Array, at: Millis): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the first row at or after the instant begins, of rows in order of time. */
export function firstRowAt(
  rows: Float64Array,
  width: number,
  at: Millis,
  from = 0,
): number {
  let low = from / width;
  let high = rows.length / width;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle * width] < at) low = middle + 1;
    else high = middle;
  }
  return low * width;
}
