import { z } from 'zod';
import { newAnswersSchema } from './upgrades';

const ref = (kind: string) =>
  z
    .string()
    .max(300)
    .regex(new RegExp(`^${kind}:[^/\\s]+/[^/\\s]+$`, 'i'), `must be a ${kind}`);
const component = ref('component');
const count = z.number().int().min(0);

/** Whether work is being done, and who has the next word. */
export const ROLLOUT_STATES = [
  'running',
  /** For what {@link WAITS_FOR} names. */
  'waiting',
  'paused',
  /** Ended before everything was made. */
  'stopped',
  /** Everything is made; pull requests may still be open. */
  'done',
] as const;
export type RolloutState = (typeof ROLLOUT_STATES)[number];

/** What one that waits needs in order to go on. */
export const WAITS_FOR = [
  /** Somebody who has looked at the first pull request. */
  'canary',
  /** The first pull request to be merged. */
  'merge',
  /** Somebody who has looked at the batch. */
  'batch',
  /** Somebody who has looked at what failed. */
  'failures',
] as const;
export type WaitsFor = (typeof WAITS_FOR)[number];

/** How far one service of a rollout is. */
export const ROLLED_STATES = [
  'waiting',
  'making',
  /** Its pull request. */
  'open',
  /** Its pull request is open, and somebody has to decide on some files. */
  'conflict',
  'merged',
  'closed',
  'failed',
  /** The new version asks what nobody has answered. */
  'needs-answers',
  'snoozed',
  'up-to-date',
  'left-out',
] as const;
export type RolledState = (typeof ROLLED_STATES)[number];

/** Body of `POST /rollouts`. */
export const rolloutRequestSchema = z
  .object({
    templateRef: ref('template'),
    /** Why now, for the owners. */
    reason: z.string().trim().min(3).max(1000),
    /** The service whose pull request is made first. */
    canary: component,
    batchSize: z.number().int().min(1).max(100).default(10),
    /** `merge`: goes on by itself once the first pull request is merged. */
    afterCanary: z.enum(['ask', 'merge']).default('ask'),
    afterBatch: z.enum(['ask', 'go-on']).default('go-on'),
    /** Of a batch, 0..1; with more it stops and asks. */
    maxFailedShare: z.number().min(0).max(1).default(0.2),
    /** Services that are not touched. */
    leaveOut: z.array(component).max(5000).default([]),
    /** For the services that have not answered what the new version asks. */
    inputs: newAnswersSchema.default({}),
  })
  .strict();

/** Body of `POST /rollouts/:id/retry`. */
export const rolloutRetrySchema = z
  .object({
    /** Also what is closed, snoozed or needed answers; without, all that failed. */
    entityRefs: z.array(component).min(1).max(5000).optional(),
  })
  .strict();

export const rolloutSchema = z.object({
  id: z.string(),
  templateRef: z.string(),
  /** Of the template. */
  title: z.string(),
  version: z.string(),
  reason: z.string(),
  canary: z.string(),
  batchSize: count,
  afterCanary: z.enum(['ask', 'merge']),
  afterBatch: z.enum(['ask', 'go-on']),
  maxFailedShare: z.number(),
  inputs: newAnswersSchema,
  state: z.enum(ROLLOUT_STATES),
  waitsFor: z.enum(WAITS_FOR).nullable(),
  /** The batch that is made or was made last; 0 is the canary. */
  batch: count,
  startedBy: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Of services that the caller may see. */
  counts: z.record(z.enum(ROLLED_STATES), count),
});

export const rolledServiceSchema = z.object({
  entityRef: z.string(),
  title: z.string().nullable(),
  owner: z.string().nullable(),
  from: z.string(),
  /** Null before its turn. */
  batch: count.nullable(),
  state: z.enum(ROLLED_STATES),
  /** Why it is where it is, in words. */
  reason: z.string().nullable(),
  pullRequestUrl: z.string().nullable(),
  /** On how many files somebody has to decide. */
  conflicts: count,
});

/** Answer of `GET /rollouts`; the newest first. */
export const rolloutsSchema = z.object({ items: z.array(rolloutSchema) });

/** Answer of `GET /rollouts/:id` and of all that changes one. */
export const rolloutPageSchema = z.object({
  rollout: rolloutSchema,
  /** In the order of their turn. */
  services: z.array(rolledServiceSchema),
});

export type RolloutRequest = z.output<typeof rolloutRequestSchema>;
export type Rollout = z.infer<typeof rolloutSchema>;
export type RolledService = z.infer<typeof rolledServiceSchema>;
export type RolloutPage = z.infer<typeof rolloutPageSchema>;
