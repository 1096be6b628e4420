import { z } from 'zod';
import { UPGRADE_STATES } from './upgrades';
import { versionSchema } from './version';

/** Below this confidence a repository looks like no golden path. */
export const ADOPTION_FLOOR = 0.3;

/** What a measured likeness of a repository to a golden path means. */
export function confidenceWords(confidence: number): string {
  if (confidence >= 0.8) return 'almost certainly';
  if (confidence >= 0.55) return 'probably';
  return confidence >= ADOPTION_FLOOR ? 'perhaps' : 'hardly';
}

const component = z
  .string()
  .max(300)
  .regex(/^component:[^/\s]+\/[^/\s]+$/i, 'must be a component');

const chosenShape = {
  templateRef: z
    .string()
    .max(150)
    .regex(/^template:[^/\s]+\/[^/\s]+$/i, 'must be a template'),
  version: versionSchema,
  /** Of the template's repository, at which it had that version. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/, 'must be a commit, 40 hexadecimal digits'),
  /** Answers to the template's form. */
  inputs: z.record(z.string().max(100), z.json()),
};

/** Body of `POST /adoptions/preview`. */
export const adoptionPreviewRequestSchema = z
  .object({
    entityRef: component,
    /** What to show the files of; without it, it is found out what made it. */
    chosen: z.object(chosenShape).strict().optional(),
  })
  .strict();

/** Body of `POST /adoptions`. */
export const adoptionRequestSchema = z
  .object({ entityRef: component, ...chosenShape })
  .strict();

/** Query of `GET /adoptions`. */
export const adoptionsQuerySchema = z
  .object({
    entityRef: component.optional(),
    state: z.enum(UPGRADE_STATES).optional(),
  })
  .strict();

const value = z.union([z.string(), z.number(), z.boolean()]);

const answerSchema = z.object({
  name: z.string(),
  title: z.string(),
  type: z.enum(['string', 'integer', 'number', 'boolean']),
  required: z.boolean(),
  /** All that it takes, where it takes only some. */
  options: z.array(z.object({ value, label: z.string() })).nullable(),
  /** Null: nobody knows. */
  value: value.nullable(),
  /** How it is known, in words that stand after it. */
  from: z.string(),
  /** Whether the repository or the catalog tells it. */
  told: z.boolean(),
});

const candidateSchema = z.object({
  templateRef: z.string(),
  title: z.string(),
  version: z.string(),
  commit: z.string(),
  /** The version that makes services today. */
  newest: z.string(),
  /** 0..1 */
  confidence: z.number().min(0).max(1),
  /** A sentence each. */
  evidence: z.array(z.string()),
  answers: z.array(answerSchema),
  /** Those that are not as the golden path makes them, the least like first. */
  files: z.array(
    z.object({
      path: z.string(),
      /** Where it is, if in another place. */
      at: z.string().nullable(),
      state: z.enum(['same', 'like', 'other', 'missing']),
      /** 0..1, by lines. */
      likeness: z.number().min(0).max(1),
    }),
  ),
});

/** Answer of `POST /adoptions/preview`. */
export const adoptionPreviewSchema = z.object({
  entityRef: z.string(),
  /** The likeliest first; none where the files of a choice are asked for. */
  candidates: z.array(candidateSchema),
  /** The one to take; null where it looks like no golden path. */
  suggested: z.string().nullable(),
  /** What would be written; before is null for a new file. */
  files: z.array(
    z.object({
      path: z.string(),
      before: z.string().nullable(),
      after: z.string(),
    }),
  ),
  /** The one that is open already, which would be brought up to date. */
  pullRequestUrl: z.string().nullable(),
});

/** An adoption that was offered by a pull request. */
export const openedAdoptionSchema = z.object({
  entityRef: z.string(),
  templateRef: z.string(),
  version: z.string(),
  pullRequestUrl: z.string(),
  number: z.number().int(),
  state: z.enum(UPGRADE_STATES),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
});

/** Answer of `GET /adoptions`; the newest first. */
export const adoptionsSchema = z.object({
  items: z.array(openedAdoptionSchema),
});

export type AdoptionPreviewRequest = z.output<
  typeof adoptionPreviewRequestSchema
>;
export type AdoptionRequest = z.output<typeof adoptionRequestSchema>;
export type AdoptionsQuery = z.output<typeof adoptionsQuerySchema>;
export type AdoptionPreview = z.infer<typeof adoptionPreviewSchema>;
export type AdoptionCandidate = z.infer<typeof candidateSchema>;
export type AdoptionAnswerField = z.infer<typeof answerSchema>;
export type OpenedAdoption = z.infer<typeof openedAdoptionSchema>;
