import { Facts } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import {
  CHANGES,
  DEPLOYMENTS,
  FactTable,
  INCIDENTS,
  Row,
  toFact,
  toRow,
} from './tables';

/** The facts that metrics are computed from. */
export interface FactStore {
  /** Makes the facts of a unit these; writes only what is not as it was. */
  replace(trx: Knex.Transaction, unit: string, facts: Facts): Promise<void>;
}

/** {@link FactStore} in PostgreSQL. */
export class DatabaseFactStore implements FactStore {
  async replace(
    trx: Knex.Transaction,
    unit: string,
    facts: Facts,
  ): Promise<void> {
    await replaceIn(trx, unit, DEPLOYMENTS, facts.deployments);
    await replaceIn(trx, unit, CHANGES, facts.changes);
    await replaceIn(trx, unit, INCIDENTS, facts.incidents);
  }
}

async function replaceIn(
  trx: Knex.Transaction,
  unit: string,
  table: FactTable,
  facts: Parameters<typeof toRow>[1][],
): Promise<void> {
  const rows: Row[] = await trx(table.name).where({ unit });
  const before = new Map(
    rows.map(row => [row.id, JSON.stringify(toRow(table, toFact(table, row)))]),
  );
  const now = facts.map(fact => toRow(table, fact));
  const changed = now.filter(row => before.get(row.id) !== JSON.stringify(row));
  const ids = new Set(now.map(({ id }) => id));
  const gone = [...before.keys()].filter(id => !ids.has(id)) as string[];
  if (gone.length > 0) {
    // A component that went to another repository has taken its facts with it.
    await trx(table.name)
      .where({ unit })
      .whereRaw('id = any(?)', [gone])
      .delete();
  }
  for (let i = 0; i < changed.length; i += 500) {
    await trx(table.name)
      .insert(changed.slice(i, i + 500).map(row => ({ ...row, unit })))
      .onConflict('id')
      .merge();
  }
}
