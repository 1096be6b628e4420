import { z } from 'zod';

const ref = z
  .string()
  .max(300)
  .regex(/^component:[^/\s]+\/[^/\s]+$/i, 'must be a component');

/** Of the pull request that an upgrade is offered by. */
export const UPGRADE_STATES = ['open', 'merged', 'closed'] as const;

/** Answers to what only a new version asks, by the question's name. */
export const newAnswersSchema = z.record(z.string().max(100), z.json());

/** Body of `POST /upgrades` and `POST /upgrades/preview`. */
export const upgradeRequestSchema = z
  .object({
    entityRef: ref,
    /** They go before those that were given before. */
    inputs: newAnswersSchema.default({}),
  })
  .strict();

/** Query of `GET /upgrades`. */
export const upgradesQuerySchema = z
  .object({
    entityRef: ref.optional(),
    templateRef: z.string().max(300).optional(),
    state: z.enum(UPGRADE_STATES).optional(),
  })
  .strict();

const changeSchema = z.object({
  path: z.string(),
  kind: z.enum(['added', 'changed', 'removed']),
});

const conflictSchema = z.object({
  path: z.string(),
  kind: z.enum(['both', 'kept', 'moved']),
  /** What happened, in words that stand after the path. */
  message: z.string(),
});

const questionSchema = z.object({
  name: z.string(),
  title: z.string(),
  type: z.string().optional(),
});

/** Answer of `POST /upgrades/preview`. */
export const upgradePreviewSchema = z.object({
  entityRef: z.string(),
  templateRef: z.string(),
  from: z.string(),
  to: z.string(),
  /** `missing`: the new version asks what has to be answered first. */
  result: z.enum(['up-to-date', 'missing', 'upgrade']),
  missing: z.array(questionSchema),
  changes: z.array(changeSchema),
  conflicts: z.array(conflictSchema),
  /** Of the pull request. */
  title: z.string(),
  /** Of the pull request, in Markdown. */
  description: z.string(),
  /** The one that is open already, which would be brought up to date. */
  pullRequestUrl: z.string().nullable(),
});

/** An upgrade that was offered by a pull request. */
export const openedUpgradeSchema = z.object({
  entityRef: z.string(),
  templateRef: z.string(),
  from: z.string(),
  to: z.string(),
  pullRequestUrl: z.string(),
  number: z.number().int(),
  state: z.enum(UPGRADE_STATES),
  /** On how many files somebody has to decide. */
  conflicts: z.number().int().min(0),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
});

/** Answer of `GET /upgrades`; the newest first. */
export const upgradesSchema = z.object({ items: z.array(openedUpgradeSchema) });

export type NewInputs = z.infer<typeof newAnswersSchema>;
export type UpgradeRequest = z.output<typeof upgradeRequestSchema>;
export type UpgradesQuery = z.output<typeof upgradesQuerySchema>;
export type UpgradePreview = z.infer<typeof upgradePreviewSchema>;
export type OpenedUpgrade = z.infer<typeof openedUpgradeSchema>;
