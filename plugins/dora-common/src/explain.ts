import { z } from 'zod';

export const EXPLAINED_KINDS = [
  'deployment',
  'workflow-run',
  'release',
  'change',
  'incident',
] as const;

/**
 * `counted` in a metric, `apart` beside it, `waiting` for what has not happened yet, or
 * `not-counted` anywhere.
 */
export const OUTCOMES = ['counted', 'apart', 'waiting', 'not-counted'] as const;

/** Query of `GET /explain`. */
export const explainQuerySchema = z.object({
  entityRef: z.string().min(1).max(300),
  kind: z.enum(EXPLAINED_KINDS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `next` of the answer before. */
  cursor: z.string().max(500).optional(),
});

/** One question, and whether what was observed passes it. */
const stepSchema = z.object({
  passed: z.boolean(),
  text: z.string(),
});

/** Something that was observed, and what it comes to. */
export const explainedSchema = z.object({
  id: z.string(),
  kind: z.enum(EXPLAINED_KINDS),
  at: z.string(),
  title: z.string(),
  url: z.string().optional(),
  outcome: z.enum(OUTCOMES),
  /** In the order in which they are asked. */
  steps: z.array(stepSchema),
});

/** Answer of `GET /explain`. */
export const explainSchema = z.object({
  entityRef: z.string(),
  asOf: z.string(),
  /** Where its events are looked for. */
  component: z.object({
    owner: z.string().optional(),
    repository: z.string().optional(),
    /** Folder in the repository; empty for all of it. */
    path: z.string(),
    services: z.array(z.string()),
  }),
  /** What is asked of each event, and who answers. */
  rules: z.array(
    z.object({
      question: z.string(),
      answer: z.string(),
      from: z.object({
        level: z.enum(['default', 'company', 'team', 'component']),
        by: z.enum(['default', 'config', 'annotation']),
        /** Key of configuration, or the annotation. */
        name: z.string(),
        /** Reference of the team or the component. */
        of: z.string().optional(),
      }),
    }),
  ),
  /** Annotations that cannot be read, and so do not hold. */
  problems: z.array(z.string()),
  /** Of all that was observed. */
  counts: z.record(z.enum(OUTCOMES), z.number().int()),
  /** Latest first. */
  items: z.array(explainedSchema),
  /** That fit the query. */
  total: z.number().int(),
  next: z.string().optional(),
});

export type ExplainQuery = z.infer<typeof explainQuerySchema>;
export type ExplainAnswer = z.infer<typeof explainSchema>;
export type Explained = z.infer<typeof explainedSchema>;
export type ExplainedStep = z.infer<typeof stepSchema>;
export type ExplainedKind = (typeof EXPLAINED_KINDS)[number];
export type Outcome = (typeof OUTCOMES)[number];
