import {
  Change,
  Deployment,
  Facts,
  Incident,
} from '@waymark/backstage-plugin-dora-common';
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

/** Which facts of a component are listed. */
export interface FactFilter {
  entityRef: string;
  /** Milliseconds; when it began, or was merged. */
  from: number;
  /** Not included. */
  to: number;
  limit: number;
  offset: number;
}

export interface FactPage<T> {
  /** Latest first. */
  items: T[];
  total: number;
}

/** The facts that metrics are computed from. */
export interface FactStore {
  /** Makes the facts of a unit these; writes only what is not as it was. */
  replace(trx: Knex.Transaction, unit: string, facts: Facts): Promise<void>;
  /** Each with the number of changes that it brought. */
  deployments(
    filter: FactFilter,
  ): Promise<FactPage<Deployment & { changes: number }>>;
  changes(filter: FactFilter): Promise<FactPage<Change>>;
  incidents(filter: FactFilter): Promise<FactPage<Incident>>;
}

/** {@link FactStore} in PostgreSQL. */
export class DatabaseFactStore implements FactStore {
  constructor(private readonly knex: Knex) {}

  async replace(
    trx: Knex.Transaction,
    unit: string,
    facts: Facts,
  ): Promise<void> {
    await replaceIn(trx, unit, DEPLOYMENTS, facts.deployments);
    await replaceIn(trx, unit, CHANGES, facts.changes);
    await replaceIn(trx, unit, INCIDENTS, facts.incidents);
  }

  async deployments(filter: FactFilter) {
    const { items, total } = await this.page<Deployment>(DEPLOYMENTS, filter);
    const rows = (await this.knex('changes')
      .select('deployment_id')
      .count()
      .whereRaw('deployment_id = any(?)', [items.map(({ id }) => id)])
      .groupBy('deployment_id')) as unknown as {
      deployment_id: string;
      count: string;
    }[];
    const brought = new Map(rows.map(row => [row.deployment_id, row.count]));
    return {
      items: items.map(one => ({
        ...one,
        changes: Number(brought.get(one.id) ?? 0),
      })),
      total,
    };
  }

  changes(filter: FactFilter): Promise<FactPage<Change>> {
    return this.page(CHANGES, filter);
  }

  incidents(filter: FactFilter): Promise<FactPage<Incident>> {
    return this.page(INCIDENTS, filter);
  }

  private async page<T>(
    table: FactTable,
    { entityRef, from, to, limit, offset }: FactFilter,
  ): Promise<FactPage<T>> {
    const chosen = this.knex(table.name)
      .where({ entity_ref: entityRef })
      .where(table.at, '>=', new Date(from))
      .where(table.at, '<', new Date(to));
    const [{ count }] = await chosen.clone().count();
    const rows: Row[] = await chosen
      .orderBy([
        { column: table.at, order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit)
      .offset(offset);
    return { items: rows.map(row => toFact(table, row)), total: Number(count) };
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
