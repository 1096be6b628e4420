import { DeliveryState, DeliverySummary } from './InboxStore';

/** Columns of {@link Listed}, of a delivery whose body is there. */
export const LISTED = [
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

/** Its last column: when its body was dropped, by itself or with its month. */
export const DROPPED_AT = `coalesce(inbox.body_dropped_at, (
  select dropped_at from body_months where body_months.month = inbox.month
)) as body_dropped_at`;

/** A row as it is listed: without its body. */
export interface Listed {
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
  body_dropped_at?: Date | null;
}

export function toSummary(row: Listed): DeliverySummary {
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
    ...(row.body_dropped_at && {
      bodyDroppedAt: row.body_dropped_at.toISOString(),
    }),
  };
}
