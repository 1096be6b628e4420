import { ConflictError } from '@backstage/errors';
import { storable } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { Claim, Claims } from '../claims/Claims';
import { compress, decompress, LITTLE } from './bodyCodec';
import {
  BODY,
  dropMonth,
  HAS_BODY,
  keepMonths,
  makeMonths,
} from './bodyMonths';
import {
  DELIVERY_STATES,
  DeliveryFilter,
  DeliveryOutcome,
  DeliveryState,
  DeliverySummary,
  InboxStore,
  NewDelivery,
  ReadDelivery,
  StoredDelivery,
} from './InboxStore';
import { DROPPED_AT, LISTED, toSummary } from './deliveryRow';
import { dropBodies } from './dropBodies';
import { KeptRow, keepNew, keepRead, NewRow } from './keepDeliveries';
import { Together } from './Together';

/** Rows that are inserted at once. */
const MOST = 100;

/** {@link InboxStore} in PostgreSQL. */
export class DatabaseInboxStore implements InboxStore {
  readonly claims: Claims<StoredDelivery>;
  /** One commit for all that come while another is under way. */
  private readonly adding = new Together(
    (rows: NewRow[]) => this.insert(rows),
    MOST,
  );

  constructor(private readonly knex: Knex) {
    this.claims = new Claims<StoredDelivery>(knex, 'inbox', {
      id: 'bigint',
      columns: ['source', 'delivery_id', 'event', 'size', 'received_at'],
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
    return row.body.length > LITTLE
      ? (await this.insert([row]))[0]
      : this.adding.do(row);
  }

  private async insert(rows: NewRow[]) {
    const wanted = new Map(rows.map(row => [keyOf(row), row]));
    // In one order, so that replicas that keep the same wait and do not block.
    const ordered = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1));
    const added = await keepNew(
      this.knex,
      ordered.map(([, row]) => row),
    );
    const missing =
      added.length < wanted.size
        ? await this.knex<KeptRow>('inbox')
            .select('id', 'source', 'delivery_id')
            .whereIn(
              ['source', 'delivery_id'],
              rows.map(row => [row.source, row.delivery_id]),
            )
        : [];
    const ids = new Map(
      [...missing, ...added].map(row => [keyOf(row), row.id]),
    );
    const fresh = new Set(added.map(keyOf));
    return rows.map(row => ({
      id: ids.get(keyOf(row))!,
      // The second of two that came together is one as well.
      duplicate: !fresh.delete(keyOf(row)),
    }));
  }

  async known(source: string, deliveryIds: readonly string[]) {
    const rows: { delivery_id: string }[] = await this.knex('inbox')
      .select('delivery_id')
      .where({ source })
      .whereRaw('delivery_id = any(?)', [[...deliveryIds]]);
    return new Set(rows.map(row => row.delivery_id));
  }

  async addRead(trx: Knex.Transaction, deliveries: readonly ReadDelivery[]) {
    if (deliveries.length === 0) return new Map();
    const added = await keepRead(trx, deliveries);
    return new Map(added.map(row => [row.delivery_id, row.id]));
  }

  async open(rows: readonly Claim[]) {
    // By now a body may lie elsewhere than when its row was claimed.
    const found: { id: string; body: Buffer | null }[] = await this.knex(
      'inbox',
    )
      .select('id', this.knex.raw(`${BODY} as body`))
      .whereRaw('id = any(?)', [rows.map(({ id }) => id)]);
    const bodies = new Map(found.map(({ id, body }) => [id, body]));
    return async (row: Claim & StoredDelivery) => {
      const body = bodies.get(row.id);
      if (!body) throw new Error('It has no body any more');
      return {
        source: row.source,
        deliveryId: row.delivery_id,
        event: row.event,
        body: await decompress(body, row.size),
        receivedAt: row.received_at,
      };
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
      .select(...LISTED, this.knex.raw(DROPPED_AT))
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
    return this.knex.transaction(async trx => {
      await keepMonths(trx);
      const [row] = await trx('inbox')
        .where({ id })
        .whereRaw(HAS_BODY)
        .update(this.again())
        .returning(LISTED);
      if (row) return toSummary(row);
      if (await trx('inbox').where({ id }).first('id')) {
        throw new ConflictError(
          `The body was dropped of delivery ${id}, so it cannot be read again; what it said is kept`,
        );
      }
      return undefined;
    });
  }

  async rebuild() {
    return this.knex.transaction(async trx => {
      await keepMonths(trx);
      const deliveries = await trx('inbox')
        .whereRaw(HAS_BODY)
        .update({ ...this.again(), rebuilding: true });
      const [{ kept }] = await trx('inbox')
        .whereRaw(`${HAS_BODY} is not true`)
        .select(trx.raw('count(*)::int as kept'));
      await trx('observations')
        .whereIn(
          'inbox_id',
          trx('inbox').where({ rebuilding: true }).select('id'),
        )
        .delete();
      await trx('units').update({
        waiting: true,
        wanted: trx.raw('wanted + 1'),
        due_at: trx.fn.now(),
      });
      return { deliveries, kept: kept as number };
    });
  }

  prepare(): Promise<void> {
    return makeMonths(this.knex);
  }

  async dropBodies(milliseconds: number): Promise<number> {
    const months = await dropMonth(this.knex, milliseconds);
    return months + (await dropBodies(this.knex, milliseconds));
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

function keyOf({
  source,
  delivery_id: deliveryId,
}: Pick<KeptRow, 'source' | 'delivery_id'>) {
  return JSON.stringify([source, deliveryId]);
}
