import { z } from 'zod';
import { DELIVERY_STATES } from '../ingest/InboxStore';

const count = z.number().int();

/** A delivery as it is listed. */
export const replayedSchema = z.object({
  id: z.string(),
  source: z.string(),
  deliveryId: z.string(),
  event: z.string(),
  receivedAt: z.string(),
  /** In bytes. */
  size: count,
  state: z.enum(DELIVERY_STATES),
  /** Why it is ignored or in quarantine. */
  reason: z.string().optional(),
  observations: count,
  processedAt: z.string().optional(),
});

/** Answer of `GET /deliveries`. */
export const deliveriesSchema = z.object({
  /** Latest first. */
  items: z.array(replayedSchema),
  counts: z.record(z.enum(DELIVERY_STATES), count),
  sources: z.array(z.string()),
  next: z.string().optional(),
});

/** Answer of `POST /rebuild`. */
export const rebuildSchema = z.object({
  /** How many are read again. */
  deliveries: count,
});
