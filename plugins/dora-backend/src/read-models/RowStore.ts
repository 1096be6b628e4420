import { createHash } from 'node:crypto';
import { MetricRows, packRows } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { Claim, Claims } from '../claims/Claims';
import { after } from '../claims/pace';
import { byMonth } from './months';
import { hashOf, toStored } from './rowCodec';

/** Grows with each change to what rows are made of the same facts. */
const ROWS_VERSION = 1;

/** What a component is claimed with. */
export interface Wanted {
  /** How often its facts had changed when it was claimed. */
  wanted: number;
}

/** The rows of components, and which of them are to be made anew. */
export interface RowStore {
  readonly claims: Claims<Wanted>;
  /** Makes the rows of a component these; writes only what is not as it was. */
  replace(
    trx: Knex.Transaction,
    entityRef: string,
    rows: MetricRows,
  ): Promise<void>;
  /**
   * Ends a claim that is locked.
   * @param restMs - for how long it is not claimed again
   * @param again - when its rows become others by themselves
   */
  finish(
    trx: Knex.Transaction,
    claim: Claim & Wanted,
    restMs: number,
    again?: number,
  ): Promise<void>;
  /** Has all rows made anew where they were made with other settings. */
  startWith(settings: { rolloutHours: number }): Promise<void>;
}

/** {@link RowStore} in PostgreSQL. */
export class DatabaseRowStore implements RowStore {
  readonly claims: Claims<Wanted>;

  constructor(private readonly knex: Knex) {
    this.claims = new Claims<Wanted>(knex, 'row_work', {
      id: 'text',
      columns: ['wanted'],
      waiting: query =>
        query
          .where({ waiting: true })
          .whereRaw('(rests_until is null or rests_until <= now())'),
    });
  }

  async replace(
    trx: Knex.Transaction,
    entityRef: string,
    rows: MetricRows,
  ): Promise<void> {
    await replaceIn(trx, 'rollout_rows', entityRef, rolloutRows(rows));
    await replaceIn(trx, 'change_rows', entityRef, changeRows(rows));
    await replaceMonths(trx, entityRef, rows);
  }

  async finish(
    trx: Knex.Transaction,
    { id, wanted }: Claim & Wanted,
    restMs: number,
    again?: number,
  ): Promise<void> {
    await trx('row_work')
      .where({ id })
      .update({
        waiting: trx.raw('wanted <> ? or ?', [wanted, again !== undefined]),
        made: trx.raw('made + 1'),
        attempts: 0,
        claimed_by: null,
        claimed_until: null,
        due_at: trx.raw('case when wanted = ? then ? else now() end', [
          wanted,
          new Date(again ?? Date.now()),
        ]),
        rests_until: after(trx, restMs),
      });
  }

  async startWith(settings: { rolloutHours: number }): Promise<void> {
    const hash = createHash('sha256')
      .update(JSON.stringify([ROWS_VERSION, settings.rolloutHours]))
      .digest('hex');
    await this.knex.transaction(async trx => {
      const { rowCount } = await trx.raw(
        `insert into rows_in_force (hash) values (?)
         on conflict (one) do update set hash = excluded.hash
         where rows_in_force.hash <> excluded.hash`,
        [hash],
      );
      if (rowCount > 0) await this.wantAll(trx);
    });
  }

  private async wantAll(trx: Knex.Transaction): Promise<void> {
    await trx('row_work').update({
      waiting: true,
      wanted: trx.raw('wanted + 1'),
      due_at: trx.fn.now(),
    });
  }
}

type Row = { id: string } & Record<string, unknown>;
const date = (millis?: number) =>
  millis === undefined ? null : new Date(millis).toISOString();

function rolloutRows({ rollouts }: MetricRows): Row[] {
  return rollouts.map(({ failure, ...row }) => ({
    id: row.id,
    entity_ref: row.entityRef,
    at: date(row.at),
    deployment_ids: row.deploymentIds,
    reached: row.reached,
    planned: row.planned,
    rework: row.rework,
    reason: failure?.reason ?? null,
    incident_ids: failure?.incidentIds ?? null,
    since: date(failure?.since),
    recovered_at: date(failure?.recoveredAt),
    clock_fault: failure?.clockFault ?? null,
  }));
}

function changeRows({ changes, waiting }: MetricRows): Row[] {
  const deployedAs = ({ lead, clockFault }: (typeof changes)[number]) => {
    if (clockFault) return 'flagged';
    return lead ? 'lead-time' : 'unknown';
  };
  return [
    ...changes.map(row => ({ ...row, state: deployedAs(row) })),
    ...waiting.map(row => ({ ...row, state: 'waiting' })),
  ].map(({ id, entityRef, at, state, bot }) => ({
    id,
    entity_ref: entityRef,
    at: date(at),
    state,
    bot,
  }));
}

async function replaceIn(
  trx: Knex.Transaction,
  table: string,
  entityRef: string,
  rows: Row[],
): Promise<void> {
  const text = (row: Row) => JSON.stringify(Object.entries(row).sort());
  const before: Row[] = await trx(table).where({ entity_ref: entityRef });
  const known = new Map(before.map(row => [row.id, text(row)]));
  const ids = new Set(rows.map(({ id }) => id));
  const gone = before.filter(({ id }) => !ids.has(id)).map(({ id }) => id);
  await trx(table)
    .where({ entity_ref: entityRef })
    .whereRaw('id = any(?)', [gone])
    .delete();
  const changed = rows.filter(row => known.get(row.id) !== text(row));
  for (let i = 0; i < changed.length; i += 1_000) {
    await trx(table)
      .insert(changed.slice(i, i + 1_000))
      .onConflict('id')
      .merge();
  }
}

async function replaceMonths(
  trx: Knex.Transaction,
  entityRef: string,
  rows: MetricRows,
): Promise<void> {
  const before: { month: string; hash: string }[] = await trx('row_months')
    .select('hash', trx.raw('month::text as month'))
    .where({ entity_ref: entityRef });
  const known = new Map(before.map(({ month, hash }) => [month, hash]));
  const months = [...byMonth(rows)].map(([month, own]) => ({
    entity_ref: entityRef,
    month,
    ...toStored(packRows(own)),
    ...failing(own),
  }));
  const now = new Set(months.map(({ month }) => month));
  const gone = [...known.keys()].filter(month => !now.has(month));
  if (gone.length > 0) {
    await trx('row_months')
      .where({ entity_ref: entityRef })
      .whereRaw('month = any(?::date[])', [gone])
      .delete();
  }
  const changed = months.filter(of => known.get(of.month) !== hashOf(of));
  for (let i = 0; i < changed.length; i += 100) {
    await trx('row_months')
      .insert(changed.slice(i, i + 100))
      .onConflict(['entity_ref', 'month'])
      .merge();
  }
}

/** From when until when any failure of them lasted. */
function failing({ rollouts }: MetricRows) {
  const failures = rollouts.flatMap(({ failure }) => failure ?? []);
  if (failures.length === 0)
    return { failing_since: null, failing_until: null };
  const ends = failures.map(({ recoveredAt }) => recoveredAt ?? Infinity);
  // By a wrong clock some end before they began.
  const begins = failures.map(({ since }, i) => Math.min(since, ends[i]));
  const until = Math.max(...ends);
  return {
    failing_since: date(Math.min(...begins)),
    failing_until: until === Infinity ? 'infinity' : date(until),
  };
}
