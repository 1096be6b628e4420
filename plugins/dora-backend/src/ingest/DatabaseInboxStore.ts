import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { Knex } from 'knex';
import { Claims } from '../claims/Claims';
import { storable } from '../database/storable';
import {
  DELIVERY_STATES,
  DeliveryFilter,
  DeliveryOutcome,
  DeliveryState,
  DeliverySummary,
  InboxStore,
  NewDelivery,
  StoredDelivery,
  WaitingDelivery,
} from './InboxStore';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

const LISTED = [
  'id',
  'source',
  'delivery_id',
  'event',
  'received_at',
  'size',
  'state',
  'reason',
  'observations',
  'processed_at',
];

/** {@link InboxStore} in PostgreSQL. */
export class DatabaseInboxStore implements InboxStore {
  readonly claims: Claims<StoredDelivery>;

  constructor(private readonly knex: Knex) {
    this.claims = new Claims<StoredDelivery>(knex, 'inbox', {
      id: 'bigint',
      columns: ['source', 'delivery_id', 'event', 'body', 'received_at'],
      waiting: query => query.where({ state: 'waiting' }),
    });
  }

  async add({ source, deliveryId, event, body }: NewDelivery) {
    const row = {
      source,
      delivery_id: deliveryId,
      event: storable(event),
      body: await compress(body),
      size: body.length,
    };
    // Where another replica is about to keep it, this waits until it has.
    const [added] = await this.knex('inbox')
      .insert(row)
      .onConflict(['source', 'delivery_id'])
      .ignore()
      .returning<{ id: string }[]>('id');
    if (added) return { id: added.id, duplicate: false };
    const kept = await this.knex('inbox')
      .where({ source, delivery_id: deliveryId })
      .first('id');
    return { id: kept.id as string, duplicate: true };
  }

  async open(row: StoredDelivery): Promise<WaitingDelivery> {
    return {
      source: row.source,
      deliveryId: row.delivery_id,
      event: row.event,
      body: await decompress(row.body),
      receivedAt: row.received_at,
    };
  }

  async finish(
    trx: Knex.Transaction,
    outcomes: readonly DeliveryOutcome[],
  ): Promise<void> {
    if (outcomes.length === 0) return;
    await trx.raw(
      `update inbox set
         state = done.state, reason = done.reason,
         observations = done.observations, processed_at = now(),
         claimed_by = null, claimed_until = null, attempts = 0, rebuilding = false
       from jsonb_to_recordset(?) as done (
         id bigint, state text, reason text, observations int
       )
       where inbox.id = done.id`,
      [
        JSON.stringify(
          outcomes.map(({ claim, reason, ...outcome }) => ({
            id: claim.id,
            ...outcome,
            ...(reason && { reason: storable(reason).slice(0, 1_000) }),
          })),
        ),
      ],
    );
  }

  async list(filter: DeliveryFilter): Promise<DeliverySummary[]> {
    const query = this.knex('inbox')
      .select(LISTED)
      .orderBy('id', 'desc')
      .limit(filter.limit);
    if (filter.source) query.where({ source: filter.source });
    if (filter.state) query.where({ state: filter.state });
    if (filter.before) query.where('id', '<', filter.before);
    return (await query).map(toSummary);
  }

  async count(source?: string): Promise<Record<DeliveryState, number>> {
    const query = this.knex('inbox').select('state').count().groupBy('state');
    if (source) query.where({ source });
    const rows = (await query) as unknown as { state: string; count: string }[];
    const found = new Map(rows.map(({ state, count }) => [state, count]));
    return Object.fromEntries(
      DELIVERY_STATES.map(state => [state, Number(found.get(state) ?? 0)]),
    ) as Record<DeliveryState, number>;
  }

  async replay(id: string): Promise<DeliverySummary | undefined> {
    const [row] = await this.knex('inbox')
      .where({ id })
      .update(this.again())
      .returning(LISTED);
    return row && toSummary(row);
  }

  async rebuild(): Promise<number> {
    return this.knex.transaction(async trx => {
      const count = await trx('inbox').update({
        ...this.again(),
        rebuilding: true,
      });
      await trx('observations')
        .whereIn('inbox_id', trx('inbox').select('id'))
        .delete();
      await trx('units').update({
        waiting: true,
        wanted: trx.raw('wanted + 1'),
        due_at: trx.fn.now(),
      });
      return count;
    });
  }

  private again() {
    const { knex } = this;
    return {
      state: 'waiting',
      reason: null,
      attempts: 0,
      claimed_by: null,
      claimed_until: null,
      // Whoever works on it now comes too late.
      fence: knex.raw('fence + 1'),
      due_at: knex.fn.now(),
    };
  }
}

interface Listed {
  id: string;
  source: string;
  delivery_id: string;
  event: string;
  received_at: Date;
  size: number;
  state: DeliveryState;
  reason: string | null;
  observations: number;
  processed_at: Date | null;
}

function toSummary(row: Listed): DeliverySummary {
  const { id, source, event, size, state, observations } = row;
  return {
    id,
    source,
    deliveryId: row.delivery_id,
    event,
    receivedAt: row.received_at.toISOString(),
    size,
    state,
    ...(row.reason && { reason: row.reason }),
    observations,
    ...(row.processed_at && { processedAt: row.processed_at.toISOString() }),
  };
}
