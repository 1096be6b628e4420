import { storable } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { compress } from './bodyCodec';
import { THIS_MONTH } from './bodyMonths';
import { ReadDelivery } from './InboxStore';

/** A delivery before it has an id. */
export interface NewRow {
  source: string;
  delivery_id: string;
  event: string;
  /** Compressed. */
  body: Buffer;
  /** Of the body as it was sent, in bytes. */
  size: number;
}

/** A delivery that is kept. */
export type KeptRow = Pick<NewRow, 'source' | 'delivery_id'> & { id: string };

/** What PostgreSQL says where the place of a row is another by now. */
const CHECK_VIOLATION = '23514';

/**
 * Keeps deliveries, each stated once, with one statement and one commit.
 *
 * @returns those that are new
 */
export async function keepNew(
  knex: Knex,
  rows: readonly NewRow[],
): Promise<KeptRow[]> {
  const values = `(?::text, ?::text, ?::text, ?::bytea, ?::int)${', (?, ?, ?, ?, ?)'.repeat(
    rows.length - 1,
  )}`;
  const columns = 'source, delivery_id, event, size';
  const keep = async (): Promise<KeptRow[]> => {
    const answer = await knex.raw(
      keeping(
        `sent (source, delivery_id, event, body, size) as (values ${values})`,
        columns,
      ),
      rows.flatMap(row => [
        row.source,
        row.delivery_id,
        row.event,
        row.body,
        row.size,
      ]),
    );
    return answer.rows;
  };
  return keep().catch(error => {
    // This month was without a table, and got it at this moment.
    if (error.code === CHECK_VIOLATION) return keep();
    throw error;
  });
}

/**
 * Keeps deliveries that are read already, each stated once.
 *
 * @returns those that are new
 */
export async function keepRead(
  trx: Knex.Transaction,
  deliveries: readonly ReadDelivery[],
): Promise<KeptRow[]> {
  const bodies = await Promise.all(deliveries.map(one => compress(one.body)));
  const column = <T>(of: (one: ReadDelivery) => T) => deliveries.map(of);
  const { rows } = await trx.raw(
    keeping(
      `sent as (
         select source, delivery_id, event, body, size, state,
           nullif(reason, '') as reason, observations, now() as processed_at
         from unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::int[], ?::text[],
           ?::text[], ?::int[]) as read (source, delivery_id, event, body, size, state,
           reason, observations)
       )`,
      'source, delivery_id, event, size, state, reason, observations, processed_at',
    ),
    [
      column(one => one.source),
      column(one => one.deliveryId),
      column(one => storable(one.event)),
      bodies,
      column(one => one.body.length),
      column(one => one.state),
      column(({ reason = '' }) => storable(reason).slice(0, 1_000)),
      column(one => one.observations),
    ],
  );
  return rows;
}

/** Keeps rows, and the bodies of those that are new in their month. */
function keeping(sent: string, columns: string): string {
  // Where another replica is about to keep one, this waits until it has.
  return `with ${sent}, added as (
      insert into inbox (${columns}, month)
      select ${columns}, ${THIS_MONTH} from sent
      on conflict (source, delivery_id) do nothing
      returning id, source, delivery_id, month
    ), placed as (
      insert into bodies (month, inbox_id, body)
      select added.month, added.id, sent.body
      from added join sent using (source, delivery_id)
    )
    select id, source, delivery_id from added`;
}
