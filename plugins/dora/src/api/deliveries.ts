import { z } from 'zod';

export const DELIVERY_STATES = [
  'waiting',
  'done',
  'ignored',
  'quarantined',
] as const;

/** A webhook that was acknowledged, and what came of it. */
const deliverySchema = z.object({
  id: z.string(),
  source: z.string(),
  deliveryId: z.string(),
  /** What the source calls it. */
  event: z.string(),
  receivedAt: z.string(),
  state: z.enum(DELIVERY_STATES),
  /** Why it is ignored, or in quarantine. */
  reason: z.string().optional(),
  /** How many things that count it said. */
  observations: z.number().int(),
});

/** Answer of `GET /deliveries`. */
export const deliveriesSchema = z.object({
  /** Latest first. */
  items: z.array(deliverySchema),
  /** How many there are, by state. */
  counts: z.record(z.enum(DELIVERY_STATES), z.number().int()),
  /** Sources that this portal takes deliveries of. */
  sources: z.array(z.string()),
  /** Left out on the last page. */
  next: z.string().optional(),
});

export type DeliveryState = (typeof DELIVERY_STATES)[number];
export type Delivery = z.infer<typeof deliverySchema>;
export type DeliveriesPage = z.infer<typeof deliveriesSchema>;
