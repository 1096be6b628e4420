import { PackedRows } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { nextMonth } from './months';
import { onlyOf, Refs } from './refs';
import { fromStored, joined, LISTS, mapLists, StoredRows } from './rowCodec';
import { lies, Span, Stamped, stampsOf } from './stamps';

/** Rows of components. */
export interface Rows {
  byRef: Map<string, PackedRows>;
  /**
   * Another one where rows that can count in the span are others.
   *
   * @param refs - of which components; of all unless said
   */
  stamp(span: Span, refs?: readonly string[]): string;
}

/** A month of a component. */
interface Month extends Stamped {
  /** Its first day. */
  month: string;
  /** Another one: other rows. */
  hash: string;
  /** How many numbers of each list are kept; undefined while none were read. */
  lengths?: Record<keyof PackedRows, number>;
}

/** What is kept of a component; never changed, but replaced. */
interface Kept {
  /** How often its rows had been made. */
  made: number;
  /** All, in order. */
  months: readonly Month[];
  /** The rows of the months that were read, in order. */
  rows: PackedRows;
}

/** Components that are read at once. */
const CHUNK = 100;
const DEFAULT_LIMIT = 512 * 1024 * 1024;

/**
 * Rows that metrics are computed from, kept in this process. Each read asks the
 * database which components have others by now, and reads their months that changed.
 */
export class RowReader {
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly knex: Knex,
    /** Bytes to keep; what was asked for longest ago is forgotten first. */
    private readonly limit = DEFAULT_LIMIT,
  ) {}

  /** Another one whenever rows of the components have become others. */
  async version(refs: Refs): Promise<string> {
    const [{ sum, count }] = await onlyOf(
      this.knex('row_work').sum('made').count(),
      refs,
      'id',
    );
    return `${sum}/${count}`;
  }

  /**
   * By component, the rows of the months of the span and of those with a failure that
   * lasted in it; there may be more.
   */
  async read(refs: Refs, span: Span): Promise<Rows> {
    const works: { id: string; made: number }[] = await onlyOf(
      this.knex('row_work').select('id', 'made'),
      refs,
      'id',
    );
    const found = new Map<string, Kept>();
    const missing: string[] = [];
    for (const { id, made } of works) {
      const kept = this.kept.get(id);
      if (kept?.made === made && hasAll(kept, span)) {
        this.keep(id, kept);
        found.set(id, kept);
      } else missing.push(id);
    }
    for (let i = 0; i < missing.length; i += CHUNK) {
      const chunk = missing.slice(i, i + CHUNK);
      // One after the other, so that what many ask for is read once.
      const load = this.turn.then(() => this.load(chunk, span));
      this.turn = load.catch(() => {});
      for (const [id, kept] of await load) found.set(id, kept);
    }
    const all = [...found];
    let stampOfAll: ((part: Span) => string) | undefined;
    return {
      byRef: new Map(all.map(([id, { rows }]) => [id, rows])),
      stamp: (part, own) => {
        if (own) return stampsOf(own.flatMap(id => found.get(id) ?? []))(part);
        stampOfAll ??= stampsOf([...found.values()]);
        return stampOfAll(part);
      },
    };
  }

  private async load(
    ids: readonly string[],
    span: Span,
  ): Promise<Map<string, Kept>> {
    // All of one moment: no row is counted in two months.
    const loaded = await this.knex.transaction(
      trx => this.current(trx, ids, span),
      {
        isolationLevel: 'repeatable read',
        readOnly: true,
      },
    );
    for (const [id, kept] of loaded) this.keep(id, kept);
    for (const [id] of this.kept) {
      if (this.bytes <= this.limit) break;
      this.forget(id);
    }
    return loaded;
  }

  private async current(
    trx: Knex.Transaction,
    ids: readonly string[],
    span: Span,
  ): Promise<Map<string, Kept>> {
    const works: { id: string; made: number }[] = await trx('row_work')
      .select('id', 'made')
      .whereRaw('id = any(?)', [[...ids]]);
    const changed = works.filter(
      ({ id, made }) => this.kept.get(id)?.made !== made,
    );
    const months = await readMonths(
      trx,
      changed.map(({ id }) => id),
    );
    const wanted = works.map(({ id, made }) => {
      const known = this.kept.get(id);
      const all = known?.made === made ? known.months : months.get(id) ?? [];
      const rows = known ? split(known) : new Map<string, PackedRows>();
      const missing = all.filter(of => lies(of, span) && !rows.has(keyOf(of)));
      return { id, made, all, rows, missing };
    });
    const read = await readRows(
      trx,
      wanted.flatMap(({ id, missing }) =>
        missing.map(({ month }) => ({ id, month })),
      ),
    );
    return new Map(
      wanted.map(({ id, made, all, rows }) => {
        const of = (month: Month) =>
          rows.get(keyOf(month)) ?? read.get(`${id} ${month.month}`);
        return [
          id,
          {
            made,
            months: all.map(month => ({
              ...month,
              lengths: lengthsOf(of(month)),
            })),
            rows: joined(all.flatMap(month => of(month) ?? [])),
          },
        ];
      }),
    );
  }

  /** The one asked for last is forgotten last. */
  private keep(id: string, kept: Kept): void {
    this.forget(id);
    this.kept.set(id, kept);
    this.bytes += bytesOf(kept);
  }

  private forget(id: string): void {
    const kept = this.kept.get(id);
    if (!kept) return;
    this.kept.delete(id);
    this.bytes -= bytesOf(kept);
  }
}

async function readMonths(
  trx: Knex.Transaction,
  ids: readonly string[],
): Promise<Map<string, Month[]>> {
  const months = new Map<string, Month[]>();
  if (ids.length === 0) return months;
  const rows: {
    entity_ref: string;
    month: string;
    hash: string;
    since: number | null;
    until: number | null;
  }[] = await trx('row_months')
    .select(
      'entity_ref',
      'hash',
      trx.raw('month::text as month'),
      trx.raw(`extract(epoch from failing_since)::float8 * 1000 as since`),
      trx.raw(`extract(epoch from failing_until)::float8 * 1000 as until`),
    )
    .whereRaw('entity_ref = any(?)', [[...ids]])
    .orderBy('row_months.month');
  for (const { entity_ref: id, month, hash, since, until } of rows) {
    const one = {
      month,
      begins: Date.parse(month),
      ends: nextMonth(month),
      hash,
      stamp: [0, 8].map(at => parseInt(hash.slice(at, at + 8), 16)) as [
        number,
        number,
      ],
      failingSince: since ?? Infinity,
      failingUntil: until ?? -Infinity,
    };
    const own = months.get(id);
    if (own) own.push(one);
    else months.set(id, [one]);
  }
  return months;
}

async function readRows(
  trx: Knex.Transaction,
  wanted: readonly { id: string; month: string }[],
): Promise<Map<string, PackedRows>> {
  if (wanted.length === 0) return new Map();
  const { rows } = await trx.raw<{
    rows: ({ entity_ref: string; first: string } & StoredRows)[];
  }>(
    `select entity_ref, month::text as first, ${LISTS.join(', ')}
       from row_months join unnest(?::text[], ?::date[]) as wanted (ref, day)
         on entity_ref = ref and month = day`,
    [wanted.map(({ id }) => id), wanted.map(({ month }) => month)],
  );
  return new Map(
    rows.map(row => [`${row.entity_ref} ${row.first}`, fromStored(row)]),
  );
}

/** Names what the month is now. */
function keyOf({ month, hash }: Month): string {
  return `${month} ${hash}`;
}

function hasAll({ months }: Kept, span: Span): boolean {
  return months.every(of => of.lengths !== undefined || !lies(of, span));
}

/** The rows of each month by what they are. */
function split({ months, rows }: Kept): Map<string, PackedRows> {
  const ends = mapLists(() => 0);
  const own = new Map<string, PackedRows>();
  for (const month of months) {
    const { lengths } = month;
    if (!lengths) continue;
    own.set(
      keyOf(month),
      mapLists(name => {
        const from = ends[name];
        ends[name] += lengths[name];
        return rows[name].subarray(from, ends[name]);
      }),
    );
  }
  return own;
}

function lengthsOf(rows?: PackedRows): Month['lengths'] {
  return rows && mapLists(name => rows[name].length);
}

function bytesOf({ rows }: Kept): number {
  return LISTS.reduce((sum, name) => sum + rows[name].byteLength, 0);
}
