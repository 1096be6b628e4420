import {
  ChangeRow,
  FAILURE_REASONS,
  MetricRows,
  RolloutRow,
} from '@waymark/backstage-plugin-dora-common';

/** Rows of a component in a month, as numbers; metrics need no more of them. */
export type PackedRows = Record<keyof MetricRows, Buffer>;

const FLAG = { reached: 1, planned: 2, rework: 4, fault: 8, bot: 16 };
const REASON_SHIFT = 5;

const has = (flags: number, flag: number) => (flags & flag) !== 0;

/** Stands for what there is none of. */
const NONE = NaN;

export function packRows(rows: MetricRows): PackedRows {
  return {
    rollouts: pack(rows.rollouts, 4, ({ at, failure, ...row }) => [
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
    changes: pack(rows.changes, 6, ({ at, bot, clockFault, lead }) => [
      at,
      (bot ? FLAG.bot : 0) + (clockFault ? FLAG.fault : 0),
      lead?.total ?? NONE,
      lead?.coding ?? NONE,
      lead?.review ?? NONE,
      lead?.deploy ?? NONE,
    ]),
    waiting: pack(rows.waiting, 2, ({ at, bot }) => [at, bot ? FLAG.bot : 0]),
    unlinked: pack(rows.unlinked, 1, ({ at }) => [at]),
  };
}

/** The rows without what they are called: metrics do not look at that. */
export function unpackRows(packed: PackedRows, entityRef: string): MetricRows {
  const common = { id: '', entityRef };
  return {
    rollouts: unpack(packed.rollouts, 4, (of, i): RolloutRow => {
      const flags = of[i + 1];
      const reason = FAILURE_REASONS[(flags >> REASON_SHIFT) - 1];
      return {
        ...common,
        at: of[i],
        deploymentIds: [],
        reached: has(flags, FLAG.reached),
        planned: has(flags, FLAG.planned),
        rework: has(flags, FLAG.rework),
        ...(reason && {
          failure: {
            reason,
            incidentIds: [],
            since: of[i + 2],
            ...(!isNaN(of[i + 3]) && { recoveredAt: of[i + 3] }),
            clockFault: has(flags, FLAG.fault),
          },
        }),
      };
    }),
    changes: unpack(packed.changes, 6, (of, i): ChangeRow => {
      const total = of[i + 2];
      const known = (value: number) => (isNaN(value) ? undefined : value);
      return {
        id: '',
        entityRef,
        at: of[i],
        bot: has(of[i + 1], FLAG.bot),
        lead: isNaN(total)
          ? undefined
          : {
              total,
              coding: known(of[i + 3]),
              review: known(of[i + 4]),
              deploy: of[i + 5],
            },
        clockFault: has(of[i + 1], FLAG.fault),
      };
    }),
    waiting: unpack(packed.waiting, 2, (of, i) => ({
      ...common,
      at: of[i],
      bot: has(of[i + 1], FLAG.bot),
    })),
    unlinked: unpack(packed.unlinked, 1, (of, i) => ({ ...common, at: of[i] })),
  };
}

function pack<T>(
  rows: readonly T[],
  width: number,
  numbers: (row: T) => number[],
): Buffer {
  const packed = new Float64Array(rows.length * width);
  rows.forEach((row, i) => packed.set(numbers(row), i * width));
  return Buffer.from(packed.buffer);
}

function unpack<T>(
  packed: Buffer,
  width: number,
  read: (numbers: Float64Array, from: number) => T,
): T[] {
  // Buffers share memory with others and begin anywhere in it; numbers may not.
  const numbers = new Float64Array(
    packed.buffer.slice(
      packed.byteOffset,
      packed.byteOffset + packed.byteLength,
    ) as ArrayBuffer,
  );
  return Array.from({ length: numbers.length / width }, (_, i) =>
    read(numbers, i * width),
  );
}
