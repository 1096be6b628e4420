import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import {
  Campaign,
  CampaignRequest,
  PromotedRules,
} from '@waymark/backstage-plugin-compliance-common';
import { storable } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { CampaignMove, CampaignRecord, CampaignStore } from './CampaignStore';
import { DONE, livePairs } from './pairs';

interface Row {
  id: string;
  title: string;
  description: string;
  rules: string[];
  owners: string[];
  systems: string[];
  lifecycles: string[];
  deadline: string;
  state: Campaign['state'];
  created_by: string;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  ended_by: string | null;
  promoted: string[];
  reminded_at: Date | null;
}

const TODAY = `(now() at time zone 'utc')::date`;

/** {@link CampaignStore} in PostgreSQL. */
export class DatabaseCampaignStore implements CampaignStore {
  constructor(private readonly knex: Knex) {}

  async create(request: CampaignRequest, by: string): Promise<CampaignRecord> {
    const [row]: Row[] = await this.knex('campaigns')
      .insert({
        ...toColumns(request),
        id: randomUUID(),
        state: 'draft',
        created_by: by,
        created_at: this.knex.fn.now(),
      })
      .returning('*');
    return toCampaign(row);
  }

  async find(id: string): Promise<CampaignRecord | undefined> {
    const row = await this.knex<Row>('campaigns').where({ id }).first();
    return row && toCampaign(row as Row);
  }

  async list(state?: Campaign['state']): Promise<CampaignRecord[]> {
    const query = this.knex<Row>('campaigns')
      .orderByRaw(
        `array_position(array['running', 'draft', 'done', 'cancelled'], state),
         deadline, title, id`,
      )
      .limit(500);
    if (state) query.where({ state });
    return (await query).map(row => toCampaign(row as Row));
  }

  async change(
    { id, state }: CampaignRecord,
    request: CampaignRequest,
  ): Promise<CampaignRecord> {
    const [row]: Row[] = await this.knex('campaigns')
      .where({ id, state })
      .update(toColumns(request))
      .returning('*');
    if (!row) throw meanwhile();
    return toCampaign(row);
  }

  async remove(id: string): Promise<void> {
    const removed = await this.knex('campaigns')
      .where({ id, state: 'draft' })
      .delete();
    if (removed === 0) throw meanwhile();
  }

  move(
    campaign: CampaignRecord,
    { state, by, promoted }: CampaignMove,
  ): Promise<CampaignRecord> {
    const { id } = campaign;
    return this.knex.transaction(async trx => {
      const now = trx.fn.now();
      const [row]: Row[] = await trx('campaigns')
        .where({ id, state: campaign.state })
        .update({
          state,
          ...(state === 'running'
            ? { started_at: now }
            : { ended_at: now, ended_by: by, promoted: [...promoted] }),
        })
        .returning('*');
      if (!row) throw meanwhile();
      const moved = toCampaign(row);
      if (state !== 'running') {
        if (campaign.state === 'running') await recordDay(trx, moved);
        await keepEnd(trx, moved);
      }
      if (promoted.length > 0) {
        await trx('promoted_rules')
          .insert(promoted.map(rule => ({ rule, since: now, campaign_id: id })))
          .onConflict('rule')
          .ignore();
      }
      return moved;
    });
  }

  async record(): Promise<void> {
    await this.knex.transaction(async trx => {
      // One that ends meanwhile writes its last day itself.
      const rows: Row[] = await trx<Row>('campaigns')
        .where({ state: 'running' })
        .orderBy('id')
        .forUpdate();
      for (const row of rows) await recordDay(trx, toCampaign(row));
    });
  }

  async promoted(): Promise<PromotedRules> {
    const rows: { rule: string; since: Date; campaign_id: string }[] =
      await this.knex('promoted_rules').orderBy('rule');
    return rows.map(({ rule, since, campaign_id: campaign }) => ({
      rule,
      since: since.toISOString(),
      campaign,
    }));
  }
}

async function recordDay(
  trx: Knex.Transaction,
  campaign: CampaignRecord,
): Promise<void> {
  await trx.raw(
    `insert into campaign_days (campaign_id, day, pairs, pairs_done)
     select ?, ${TODAY}, count(*), count(*) filter (where ${DONE})
     from (?) as pairs
     on conflict (campaign_id, day) do update set
       pairs = excluded.pairs, pairs_done = excluded.pairs_done`,
    [campaign.id, livePairs(trx, campaign)],
  );
}

async function keepEnd(
  trx: Knex.Transaction,
  campaign: CampaignRecord,
): Promise<void> {
  await trx.raw(
    `insert into campaign_ends
       (campaign_id, component_id, entity_ref, title, owner, rule, outcome)
     select ?, pairs.* from (?) as pairs`,
    [campaign.id, livePairs(trx, campaign)],
  );
}

function meanwhile(): ConflictError {
  return new ConflictError('Somebody else has changed its state meanwhile');
}

function toColumns(request: CampaignRequest) {
  const { title, description, rules, scope, deadline } = request;
  return {
    title: storable(title),
    description: storable(description),
    rules,
    ...scope,
    deadline,
  };
}

function toCampaign(row: Row): CampaignRecord {
  const { owners, systems, lifecycles } = row;
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    rules: row.rules,
    scope: { owners, systems, lifecycles },
    deadline: row.deadline,
    state: row.state,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    ...(row.started_at && { startedAt: row.started_at.toISOString() }),
    ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
    ...(row.ended_by && { endedBy: row.ended_by }),
    promoted: row.promoted,
    ...(row.reminded_at && { remindedAt: row.reminded_at.toISOString() }),
  };
}
