import { z } from 'zod';

const count = z.number().int().min(0);

/** Services that are looked at where nobody says how many. */
const USUAL = 20;
/** Each takes two renderings. */
export const MOST_REACHED = 50;

/** Body of `POST /reach`. */
export const reachRequestSchema = z
  .object({
    templateRef: z
      .string()
      .max(300)
      .regex(/^template:[^/\s]+\/[^/\s]+$/i, 'must be a template'),
    /** Of the repository that the template is in. */
    pullRequest: z.number().int().min(1).max(1_000_000_000),
    /** Services that are looked at, at most. */
    limit: z.number().int().min(1).max(MOST_REACHED).default(USUAL),
  })
  .strict();

const sideSchema = z.object({ version: z.string(), commit: z.string() });
const kind = z.enum(['added', 'changed', 'removed']);

/** Answer of `POST /reach`. */
export const reachSchema = z.object({
  templateRef: z.string(),
  pullRequest: z.number().int(),
  /** Where the pull request left the branch that it goes to. */
  base: sideSchema,
  head: sideSchema,
  /** Services that name the template and that the caller may see. */
  services: count,
  /** How many of them were looked at. */
  looked: count,
  /** Of those: files of theirs would be others. */
  reached: count,
  unchanged: count,
  /** Of those: they cannot be rendered. */
  blocked: count,
  /** By how many services they reach; the record of the version is left out. */
  files: z.array(z.object({ path: z.string(), kind, services: count })),
  items: z.array(
    z.object({
      entityRef: z.string(),
      title: z.string().nullable(),
      result: z.enum(['reached', 'unchanged', 'blocked']),
      changes: z.array(z.object({ path: z.string(), kind })),
      /** Of one that is blocked. */
      why: z.string().nullable(),
    }),
  ),
});

export type ReachRequest = z.output<typeof reachRequestSchema>;
export type ReachAnswer = z.infer<typeof reachSchema>;
