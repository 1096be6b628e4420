import { z } from 'zod';
import { BACKFILL_STATES } from '../backfill/BackfillStore';
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
  /** Since then it cannot be read again. */
  bodyDroppedAt: z.string().optional(),
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
  /** How many have no body any more; what they said is kept. */
  kept: count,
});

/** Answer of `GET /backfill`. */
export const backfillSchema = z.object({
  /** Those that need somebody first, then those under way. */
  items: z.array(
    z.object({
      source: z.string(),
      /** `host/owner/name` in small letters. */
      repository: z.string(),
      state: z.enum(BACKFILL_STATES),
      /** Instant that it goes back to. */
      since: z.string(),
      /** What is being fetched. */
      part: z.string().optional(),
      /** Instant that this part has come back to. */
      reached: z.string().optional(),
      /** What the source has told. */
      fetched: count,
      /** What of it was not known yet. */
      added: count,
      /** Why it waits, or failed. */
      problem: z.string().optional(),
      /** Instant before which it is not tried again. */
      waitsUntil: z.string().optional(),
      finishedAt: z.string().optional(),
    }),
  ),
  counts: z.record(z.enum(BACKFILL_STATES), count),
  /** How far back histories are fetched; 0 where none is. */
  days: count,
  next: z.string().optional(),
});

/** Answer of `POST /backfill`. */
export const backfillStartedSchema = z.object({
  /** How many are fetched again. */
  repositories: count,
});
