import { MetricRows } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { monthOf } from './months';
import { onlyOf, Refs } from './refs';
import { PackedRows, unpackRows } from './rowCodec';

/** Milliseconds; `to` is not included. */
interface Span {
  from: number;
  to: number;
}

/** Reads what metrics are computed from. */
export class RowReader {
  constructor(private readonly knex: Knex) {}

  /** Grows whenever rows of the components become others. */
  async version(refs: Refs): Promise<string> {
    const [{ sum, count }] = await onlyOf(
      this.knex('row_work').sum('made').count(),
      refs,
      'id',
    );
    return `${sum}/${count}`;
  }

  /** The rows of the span, and the failures that lasted in it, by component. */
  async read(refs: Refs, { from, to }: Span): Promise<Map<string, MetricRows>> {
    const { knex } = this;
    const inside = knex.raw('(month >= ? and month < ?)', [
      monthOf(from),
      new Date(to).toISOString(),
    ]);
    const only = (column: keyof PackedRows) =>
      knex.raw(`case when ? then ?? else '' end as ??`, [
        inside,
        column,
        column,
      ]);
    const query = knex('row_months')
      .select('entity_ref', 'rollouts')
      .select(only('changes'), only('waiting'), only('unlinked'))
      .where(span =>
        span
          .whereRaw('?', [inside])
          .orWhereRaw('(failing_until >= ? and failing_since < ?)', [
            new Date(from).toISOString(),
            new Date(to).toISOString(),
          ]),
      )
      .orderBy('month');
    const rows: ({ entity_ref: string } & PackedRows)[] = await onlyOf(
      query,
      refs,
    );
    const found = new Map<string, MetricRows>();
    for (const { entity_ref: entityRef, ...packed } of rows) {
      const month = within(unpackRows(packed, entityRef), { from, to });
      const own = found.get(entityRef);
      if (own) append(own, month);
      else found.set(entityRef, month);
    }
    return found;
  }
}

function within(rows: MetricRows, { from, to }: Span): MetricRows {
  const inside = ({ at }: { at: number }) => at >= from && at < to;
  return {
    rollouts: rows.rollouts.filter(row => row.failure || inside(row)),
    changes: rows.changes.filter(inside),
    waiting: rows.waiting.filter(inside),
    unlinked: rows.unlinked.filter(inside),
  };
}

function append(rows: MetricRows, more: MetricRows): void {
  for (const row of more.rollouts) rows.rollouts.push(row);
  for (const row of more.changes) rows.changes.push(row);
  for (const row of more.waiting) rows.waiting.push(row);
  for (const row of more.unlinked) rows.unlinked.push(row);
}
