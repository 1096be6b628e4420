import { FAILURE_REASONS } from './failures';
import { MetricRows } from './rows';

/**
 * Rows as numbers: all that metrics look at, and nothing of what they are called.
 * Each list is in order of time, `WIDTH` numbers a row, the first of them `at`.
 */
export type PackedRows = Record<keyof MetricRows, Float64Array>;

/** Numbers of a row. */
export const WIDTH = { rollouts: 4, changes: 6, waiting: 2, unlinked: 1 };

/** Where each number of a row is. */
export const ROLLOUT = { at: 0, flags: 1, since: 2, recoveredAt: 3 };
export const CHANGE = {
  at: 0,
  flags: 1,
  total: 2,
  coding: 3,
  review: 4,
  deploy: 5,
};
export const WAITING = { at: 0, flags: 1 };

export const FLAG = { reached: 1, planned: 2, rework: 4, fault: 8, bot: 16 };
/** Above the flags: which of the reasons for a failure, from 1; 0 for none. */
export const REASON_SHIFT = 5;

/** Stands for what there is none of. */
const NONE = NaN;

export function packRows(rows: MetricRows): PackedRows {
  return {
    rollouts: pack(rows.rollouts, WIDTH.rollouts, ({ at, failure, ...row }) => [
      at,
      (row.reached ? FLAG.reached : 0) +
        (row.planned ? FLAG.planned : 0) +
        (row.rework ? FLAG.rework : 0) +
        (failure?.clockFault ? FLAG.fault : 0) +
        (failure
          ? (FAILURE_REASONS.indexOf(failure.reason) + 1) << REASON_SHIFT
          : 0),
      failure?.since ?? NONE,
      failure?.recoveredAt ?? NONE,
    ]),
    changes: pack(
      rows.changes,
      WIDTH.changes,
      ({ at, bot, clockFault, lead }) => [
        at,
        (bot ? FLAG.bot : 0) + (clockFault ? FLAG.fault : 0),
        lead?.total ?? NONE,
        lead?.coding ?? NONE,
        lead?.review ?? NONE,
        lead?.deploy ?? NONE,
      ],
    ),
    waiting: pack(rows.waiting, WIDTH.waiting, ({ at, bot }) => [
      at,
      bot ? FLAG.bot : 0,
    ]),
    unlinked: pack(rows.unlinked, WIDTH.unlinked, ({ at }) => [at]),
  };
}

function pack<T>(
  rows: readonly T[],
  width: number,
  numbers: (row: T) => number[],
): Float64Array {
  const packed = new Float64Array(rows.length * width);
  rows.forEach((row, i) => packed.set(numbers(row), i * width));
  return packed;
}
