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
  /** When its rows had been made; never the same for others. */
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
      // Not as floats, whose sum would not tell so large ones apart.
      this.knex('row_work')
        .select(this.knex.raw('sum(made::numeric) as sum'))
        .count(),
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
    const loaded = await this.current(ids, span);
    for (const [id, kept] of loaded) this.keep(id, kept);
    for (const [id] of this.kept) {
      if (this.bytes <= this.limit) break;
      this.forget(id);
    }
    return loaded;
  }

  private async current(
    ids: readonly string[],
    span: Span,
  ): Promise<Map<string, Kept>> {
    const known = new Map(
      ids.flatMap(id => {
        const kept = this.kept.get(id);
        return kept ? [[id, split(kept)] as const] : [];
      }),
    );
    const hashes = [...known].flatMap(([id, rows]) =>
      [...rows.keys()].map(key => `${id} ${key}`),
    );
    const found = await readMonths(this.knex, ids, span, hashes);
    return new Map(
      [...found].map(([id, { made, months, rows: read }]) => {
        const rows = known.get(id);
        const of = (month: Month) =>
          rows?.get(keyOf(month)) ?? read.get(month.month);
        return [
          id,
          {
            made,
            months: months.map(month => ({
              ...month,
              lengths: lengthsOf(of(month)),
            })),
            rows: joined(months.flatMap(month => of(month) ?? [])),
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

/** Of a component, all months and the rows of those that were asked for. */
interface Read {
  made: number;
  months: Month[];
  rows: Map<string, PackedRows>;
}

type MonthRow = {
  id: string;
  made: number;
  /** None where the component has no rows at all. */
  month: string | null;
  hash: string;
  since: number | null;
  until: number | null;
  is_read: boolean;
} & StoredRows;

/**
 * In one statement, and so of one moment: no row is counted in two months.
 *
 * @param known - components, months and hashes whose rows are not needed again
 */
async function readMonths(
  knex: Knex,
  ids: readonly string[],
  { from, to }: Span,
  known: readonly string[],
): Promise<Map<string, Read>> {
  const { rows } = await knex.raw<{ rows: MonthRow[] }>(
    `select id, made, month::text as month, hash, is_read,
       extract(epoch from failing_since)::float8 * 1000 as since,
       extract(epoch from failing_until)::float8 * 1000 as until,
       ${LISTS.map(
         name => `case when is_read then months.${name} end as ${name}`,
       )}
     from row_work
     left join (
       select *, (
         month::timestamp at time zone 'UTC' < until
           and (month + interval '1 month') at time zone 'UTC' > since
         or coalesce(failing_until >= since and failing_since < until, false)
       ) and entity_ref || ' ' || month || ' ' || hash <> all(cast(:known as text[])) as is_read
       from row_months, (
         select to_timestamp(cast(:from as float8)) as since,
           to_timestamp(cast(:to as float8)) as until
       ) as span
     ) as months on entity_ref = id
     where id = any(cast(:ids as text[]))
     order by month`,
    { ids: [...ids], from: from / 1000, to: to / 1000, known: [...known] },
  );
  const found = new Map<string, Read>();
  for (const row of rows) {
    const { id, made, month, hash, since, until } = row;
    const own: Read = found.get(id) ?? { made, months: [], rows: new Map() };
    found.set(id, own);
    if (month === null) continue;
    own.months.push({
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
    });
    if (row.is_read) own.rows.set(month, fromStored(row));
  }
  return found;
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
