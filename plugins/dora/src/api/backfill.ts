import { z } from 'zod';

export const BACKFILL_STATES = [
  'waiting',
  'running',
  'done',
  'failed',
] as const;

/** How far the history of a repository was fetched. */
const backfillSchema = z.object({
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
  fetched: z.number().int(),
  /** What of it was not known yet. */
  added: z.number().int(),
  /** Why it waits, or failed. */
  problem: z.string().optional(),
  /** Instant before which it is not tried again. */
  waitsUntil: z.string().optional(),
  finishedAt: z.string().optional(),
});

/** Answer of `GET /backfill`. */
export const backfillsSchema = z.object({
  /** Those that need somebody first, then those under way. */
  items: z.array(backfillSchema),
  /** How many there are, by state. */
  counts: z.record(z.enum(BACKFILL_STATES), z.number().int()),
  /** How far back histories are fetched; 0 where none is. */
  days: z.number().int(),
  /** Left out on the last page. */
  next: z.string().optional(),
});

export type Backfill = z.infer<typeof backfillSchema>;
export type BackfillsPage = z.infer<typeof backfillsSchema>;
