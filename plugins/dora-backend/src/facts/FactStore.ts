import { Facts } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { textArray } from '../database/textArray';
import {
  CHANGES,
  columnsOf,
  DEPLOYMENTS,
  FactTable,
  INCIDENTS,
  typeOf,
  valuesOf,
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
  facts: Parameters<typeof valuesOf>[2],
): Promise<void> {
  // A component that went to another repository has taken its facts with it.
  const { rows } = await trx.raw<{ rows: { has_some: boolean }[] }>(
    `with gone as (
       delete from ${table.name} where unit = :unit and not exists (
         select from unnest(cast(:ids as text[])) as kept (id)
         where kept.id = ${table.name}.id
       )
     )
     select exists (select from ${table.name} where unit = :unit) as has_some`,
    { unit, ids: textArray(facts.map(({ id }) => id)) },
  );
  const write = writing(table, rows[0].has_some);
  for (let i = 0; i < facts.length; i += MOST) {
    const values = valuesOf(table, unit, facts.slice(i, i + MOST));
    await trx.raw(write, values.map(textArray));
  }
}

/** @param hasSome - whether most are likely to be as they were */
function writing(table: FactTable, hasSome: boolean): string {
  const columns = columnsOf(table);
  const of = (name: string) =>
    columns.map(column => `${name}.${column}`).join(', ');
  const butSame = `left join ${table.name} as known on known.id = made.id
    where known.id is null or (${of('known')}) is distinct from (${of(
    'made',
  )})`;
  return `
    insert into ${table.name} (${columns.join(', ')})
    select ${of('made')}
    from (
      select ${columns.map(name => `${name}::${typeOf(name)}`).join(', ')}
      from unnest(${columns.map(() => '?::text[]').join(', ')})
        as said (${columns.join(', ')})
    ) as made
    ${hasSome ? butSame : ''}
    order by made.id
    on conflict (id) do update set
      ${columns.map(column => `${column} = excluded.${column}`).join(', ')}`;
}
