import { Facts } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import {
  CHANGES,
  columnsOf,
  DEPLOYMENTS,
  FactTable,
  INCIDENTS,
  toRow,
} from './tables';

/** The facts that metrics are computed from. */
export interface FactStore {
  /**
   * Makes the facts of a unit these; writes only what is not as it was.
   * @param isLive - whether rows of them go before those of what is loaded in bulk
   */
  replace(
    trx: Knex.Transaction,
    unit: string,
    facts: Facts,
    isLive?: boolean,
  ): Promise<void>;
}

/** Rows in one statement, so that no text of one grows without bounds. */
const MOST = 5_000;

/** {@link FactStore} in PostgreSQL. */
export class DatabaseFactStore implements FactStore {
  async replace(
    trx: Knex.Transaction,
    unit: string,
    facts: Facts,
    isLive = true,
  ): Promise<void> {
    // Read by the triggers that have rows made.
    if (!isLive) await trx.raw(`select set_config('dora.bulk', 'on', true)`);
    await replaceIn(trx, unit, DEPLOYMENTS, facts.deployments);
    await replaceIn(trx, unit, CHANGES, facts.changes);
    await replaceIn(trx, unit, INCIDENTS, facts.incidents);
  }
}

/** The database finds out what is another: a unit has thousands, and few become so. */
async function replaceIn(
  trx: Knex.Transaction,
  unit: string,
  table: FactTable,
  facts: Parameters<typeof toRow>[1][],
): Promise<void> {
  // A component that went to another repository has taken its facts with it.
  await trx.raw(
    `delete from ${table.name} where unit = ?
       and not exists (select from unnest(?::text[]) as kept (id) where kept.id = ${table.name}.id)`,
    [unit, facts.map(({ id }) => id)],
  );
  const write = writing(table);
  for (let i = 0; i < facts.length; i += MOST) {
    const rows = facts
      .slice(i, i + MOST)
      .map(fact => ({ ...toRow(table, fact), unit }));
    await trx.raw(write, [JSON.stringify(rows)]);
  }
}

function writing(table: FactTable): string {
  const columns = columnsOf(table);
  const of = (name: string) =>
    columns.map(column => `${name}.${column}`).join(', ');
  return `
    insert into ${table.name} (${columns.join(', ')})
    select ${of('made')}
    from json_populate_recordset(null::${table.name}, ?) as made
      left join ${table.name} as known on known.id = made.id
    where known.id is null or (${of('known')}) is distinct from (${of('made')})
    order by made.id
    on conflict (id) do update set
      ${columns.map(column => `${column} = excluded.${column}`).join(', ')}`;
}
