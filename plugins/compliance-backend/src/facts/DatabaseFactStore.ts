import { Part } from '@waymark/backstage-plugin-compliance-common';
import { storable } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { decode, encode } from './codec';
import { Fact, FactStore, Origin } from './FactStore';

interface Row {
  component_id: number;
  part: Part;
  data: Buffer | null;
  hash: string | null;
  source: string | null;
  etag: string | null;
  collected_at: Date;
  error: string | null;
}

/** {@link FactStore} in PostgreSQL. */
export class DatabaseFactStore implements FactStore {
  constructor(private readonly knex: Knex) {}

  async read(ids: readonly number[]): Promise<Map<number, Fact[]>> {
    const rows: Row[] = await this.knex('facts').whereIn('component_id', ids);
    const facts = new Map<number, Fact[]>(ids.map(id => [id, []]));
    for (const row of rows) facts.get(row.component_id)!.push(toFact(row));
    return facts;
  }

  async origins(id: number): Promise<Origin[]> {
    const rows: Row[] = await this.knex('facts')
      .where({ component_id: id })
      .select('part', 'source', 'collected_at', 'error');
    return rows.map(toOrigin);
  }

  async save(
    trx: Knex.Transaction,
    facts: readonly { id: number; fact: Fact }[],
  ): Promise<void> {
    if (facts.length === 0) return;
    await trx('facts')
      .insert(facts.map(({ id, fact }) => toRow(id, fact)))
      .onConflict(['component_id', 'part'])
      .merge();
  }
}

function toRow(id: number, fact: Fact): Row {
  const known = 'data' in fact;
  return {
    component_id: id,
    part: fact.part,
    data: known ? encode(fact.json) : null,
    hash: known ? fact.hash : null,
    etag: (known && fact.etag) || null,
    error: known ? null : storable(fact.error),
    source: fact.source ? storable(fact.source) : null,
    collected_at: fact.collectedAt,
  };
}

function toFact(row: Row): Fact {
  const { error, ...origin } = toOrigin(row);
  if (row.data === null) return { ...origin, error: error ?? '' };
  const packed = row.data;
  return {
    ...origin,
    // Unpacked when asked for: of the many that are read at once few are in use.
    get data() {
      return JSON.parse(decode(packed));
    },
    get json() {
      return decode(packed);
    },
    hash: row.hash!,
    ...(row.etag && { etag: row.etag }),
  };
}

function toOrigin(row: Row): Origin {
  return {
    part: row.part,
    collectedAt: row.collected_at,
    ...(row.source && { source: row.source }),
    ...(row.error && { error: row.error }),
  };
}
