import { createHash } from 'node:crypto';
import { MetricRows, packRows } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { byMonth } from './months';
import { toStored } from './rowCodec';

/**
 * Makes the rows of a component these. Only months that say something else than before
 * are compared and written: an event changes one of many.
 * @param version - of what rows are made of the same facts
 */
export async function replaceRows(
  trx: Knex.Transaction,
  entityRef: string,
  rows: MetricRows,
  version: number,
): Promise<void> {
  const before: { month: string; hash: string }[] = await trx('row_months')
    .select('hash', trx.raw('month::text as month'))
    .where({ entity_ref: entityRef });
  const known = new Map(before.map(({ month, hash }) => [month, hash]));
  const made = [...byMonth(rows)].map(([month, own]) => ({
    month,
    own,
    hash: createHash('md5')
      .update(JSON.stringify([version, own]))
      .digest('hex'),
  }));
  const now = new Set(made.map(({ month }) => month));
  const gone = [...known.keys()].filter(month => !now.has(month));
  const changed = made.filter(({ month, hash }) => known.get(month) !== hash);
  const months = [...gone, ...changed.map(({ month }) => month)];
  if (months.length === 0) return;

  const replace = (table: string, rowsIn: (own: MetricRows) => Row[]) =>
    replaceIn(trx, table, {
      entityRef,
      months,
      rows: changed.flatMap(({ own }) => rowsIn(own)),
    });
  await replace('rollout_rows', rolloutRows);
  await replace('change_rows', changeRows);
  await trx('row_months')
    .where({ entity_ref: entityRef })
    .whereRaw('month = any(?::date[])', [gone])
    .delete();
  for (let i = 0; i < changed.length; i += 100) {
    await trx('row_months')
      .insert(
        changed.slice(i, i + 100).map(({ month, hash, own }) => ({
          entity_ref: entityRef,
          month,
          hash,
          ...toStored(packRows(own)),
          ...failing(own),
        })),
      )
      .onConflict(['entity_ref', 'month'])
      .merge();
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
  {
    entityRef,
    months,
    rows,
  }: { entityRef: string; months: readonly string[]; rows: Row[] },
): Promise<void> {
  const text = (row: Row) => JSON.stringify(Object.entries(row).sort());
  const before: Row[] = await trx(table)
    .where({ entity_ref: entityRef })
    .whereRaw(`date_trunc('month', at, 'UTC') = any(?::timestamptz[])`, [
      months.map(month => `${month}T00:00:00Z`),
    ]);
  const known = new Map(before.map(row => [row.id, text(row)]));
  const ids = new Set(rows.map(({ id }) => id));
  const gone = before.filter(({ id }) => !ids.has(id)).map(({ id }) => id);
  if (gone.length > 0) {
    await trx(table)
      .where({ entity_ref: entityRef })
      .whereRaw('id = any(?)', [gone])
      .delete();
  }
  const changed = rows.filter(row => known.get(row.id) !== text(row));
  if (changed.length === 0) return;
  const columns = Object.keys(changed[0]);
  // As one value: thousands of rows have tens of thousands.
  await trx.raw(
    `insert into ${table} (${columns.join(', ')})
     select ${columns.join(
       ', ',
     )} from json_populate_recordset(null::${table}, ?)
     on conflict (id) do update set
       ${columns.map(name => `${name} = excluded.${name}`).join(', ')}`,
    [JSON.stringify(changed)],
  );
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
