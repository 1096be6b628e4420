import { OpenedFix } from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';
import { FixFilter, FixStore, StoredFix } from './FixStore';

interface Row {
  repository: string;
  number: number;
  entity_ref: string;
  rule: string;
  url: string;
  branch: string;
  state: OpenedFix['state'];
  requested_by: string;
  requested_at: Date;
  checked_at: Date;
}

const MOST = 1000;

/** {@link FixStore} in PostgreSQL. */
export class DatabaseFixStore implements FixStore {
  constructor(private readonly knex: Knex) {}

  async save(fix: StoredFix): Promise<void> {
    await this.knex('fixes')
      .insert({
        repository: fix.repository,
        number: fix.number,
        entity_ref: fix.entityRef,
        rule: fix.rule,
        url: fix.pullRequestUrl,
        branch: fix.branch,
        state: fix.state,
        requested_by: fix.requestedBy,
        requested_at: fix.requestedAt,
        checked_at: this.knex.fn.now(),
      })
      .onConflict(['repository', 'number'])
      // Who asked first stays.
      .merge(['entity_ref', 'rule', 'url', 'branch', 'state', 'checked_at']);
  }

  async list({ entityRef, state }: FixFilter): Promise<StoredFix[]> {
    const query = this.knex<Row>('fixes')
      .orderBy([
        { column: 'requested_at', order: 'desc' },
        { column: 'number', order: 'desc' },
        'repository',
      ])
      .limit(MOST);
    if (entityRef) query.where({ entity_ref: entityRef });
    if (state) query.where({ state });
    return (await query).map(row => toFix(row as Row));
  }

  async stale(entityRef: string, seconds: number): Promise<StoredFix[]> {
    const rows = await this.knex<Row>('fixes')
      .where({ entity_ref: entityRef, state: 'open' })
      .whereRaw(`checked_at < now() - ? * interval '1 second'`, [seconds])
      .limit(20);
    return rows.map(row => toFix(row as Row));
  }

  async setState(
    repository: string,
    number: number,
    state: OpenedFix['state'],
  ): Promise<void> {
    await this.knex('fixes')
      .where({ repository, number })
      .update({ state, checked_at: this.knex.fn.now() });
  }
}

function toFix(row: Row): StoredFix {
  return {
    repository: row.repository,
    number: row.number,
    entityRef: row.entity_ref,
    rule: row.rule,
    pullRequestUrl: row.url,
    branch: row.branch,
    state: row.state,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
  };
}
