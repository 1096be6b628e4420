import { z } from 'zod';
import { day, entityRef, instant } from './fields';
import { LEVELS, PARTS, ruleSchema, TRACKS } from './rules';
import { OUTCOMES, verdictSchema } from './verdicts';

export const scoreSchema = z.object({
  score: z.number().int().min(0).max(100).optional(),
  passedWeight: z.number(),
  countedWeight: z.number(),
  passed: z.number().int(),
  failed: z.number().int(),
  unknown: z.number().int(),
  exempt: z.number().int(),
  notApplicable: z.number().int(),
});

export const reachedSchema = z.enum([...LEVELS, 'none', 'not-applicable']);

const trackScoreSchema = scoreSchema.extend({
  track: z.enum(TRACKS),
  level: reachedSchema,
});

/** How a part of the facts was learned. */
const originSchema = z.object({
  part: z.enum(PARTS),
  /** Where it was read. */
  source: z.string().optional(),
  collectedAt: instant.optional(),
  /** Why it is not known. */
  error: z.string().optional(),
});

/** A verdict that is not what it was. */
const changeSchema = z.object({
  rule: z.string(),
  from: z.enum(OUTCOMES).optional(),
  to: z.enum(OUTCOMES).optional(),
  at: instant,
  /** `facts`: the component changed; `rules`: the rule did; `exemption`. */
  why: z.enum(['facts', 'rules', 'exemption']),
});

/**
 * Answer of `GET /scores/:kind/:namespace/:name`; status 204 and no body where it
 * has not been looked at yet.
 */
export const componentReportSchema = z.object({
  entityRef,
  evaluatedAt: instant,
  /** State of the rules that the verdicts come from. */
  revision: z.string(),
  total: scoreSchema,
  tracks: z.array(trackScoreSchema),
  verdicts: z.array(verdictSchema),
  origins: z.array(originSchema),
  /** Of the last seven days, newest first. */
  changes: z.array(changeSchema),
});

/** A component in a list. */
export const componentSummarySchema = z.object({
  entityRef,
  title: z.string(),
  owner: entityRef.optional(),
  system: entityRef.optional(),
  /** Template it was made from; none for a bespoke one. */
  template: entityRef.optional(),
  score: z.number().int().optional(),
  /** Seven days ago. */
  scoreBefore: z.number().int().optional(),
  failed: z.number().int(),
  unknown: z.number().int(),
  exempt: z.number().int(),
  tracks: z.array(
    z.object({
      track: z.enum(TRACKS),
      score: z.number().int().optional(),
      level: reachedSchema,
    }),
  ),
});

/** Answer of `GET /scores`. */
export const componentPageSchema = z.object({
  items: z.array(componentSummarySchema),
  total: z.number().int(),
});

/** Answer of `GET /summary?by=owner|system`: the heat map. */
export const summarySchema = z.object({
  /** Of all components together: passed over counted weight. */
  total: scoreSchema,
  totalBefore: z.number().int().optional(),
  components: z.number().int(),
  groups: z.array(
    z.object({
      /** Owner or system; empty where a component has none. */
      ref: z.string(),
      title: z.string(),
      components: z.number().int(),
      score: z.number().int().optional(),
      scoreBefore: z.number().int().optional(),
      failed: z.number().int(),
      tracks: z.array(
        z.object({
          track: z.enum(TRACKS),
          score: z.number().int().optional(),
        }),
      ),
    }),
  ),
});

/** Answer of `GET /history?entityRef=|owner=|system=`; without one, of all. */
export const historySchema = z.object({
  points: z.array(
    z.object({
      day,
      score: z.number().int().optional(),
      failed: z.number().int(),
      components: z.number().int(),
    }),
  ),
});

/** Answer of `GET /rules`. */
export const rulesSchema = z.object({
  revision: z.string(),
  rules: z.array(
    ruleSchema.extend({
      /** Since when a rule on trial counts after all. */
      promotedAt: instant.optional(),
      /** How many components have each outcome. */
      outcomes: z.record(z.enum(OUTCOMES), z.number().int()),
    }),
  ),
});

/** Answer of `GET /rules/:id?outcome=&owner=&limit=&offset=`. */
export const rulePageSchema = z.object({
  rule: rulesSchema.shape.rules.element,
  /** Components with the rule's verdict on them, longest first. */
  items: z.array(
    verdictSchema.omit({ rule: true }).extend({
      entityRef,
      title: z.string(),
      owner: entityRef.optional(),
      /** Of the outcome. */
      since: instant,
    }),
  ),
  total: z.number().int(),
});

export const EXEMPTION_STATES = [
  'requested',
  'approved',
  'denied',
  'ended',
  'expired',
] as const;

/** The longest an exemption may last. */
export const EXEMPTION_MAX_DAYS = 180;

/** Body of `POST /exemptions`. */
export const exemptionRequestSchema = z
  .object({
    entityRef,
    rule: z.string().min(1),
    reason: z.string().trim().min(10).max(1000),
    /** Last day on which it holds. */
    until: day,
  })
  .strict();

/** Body of `POST /exemptions/:id/decision`. */
export const exemptionDecisionSchema = z
  .object({
    decision: z.enum(['approve', 'deny', 'end']),
    comment: z.string().trim().max(1000).default(''),
  })
  .strict();

export const exemptionSchema = z.object({
  id: z.string(),
  entityRef,
  rule: z.string(),
  reason: z.string(),
  until: day,
  state: z.enum(EXEMPTION_STATES),
  requestedBy: entityRef,
  requestedAt: instant,
  decidedBy: entityRef.optional(),
  decidedAt: instant.optional(),
  comment: z.string().optional(),
});

/** Answer of `GET /exemptions?state=&entityRef=`. */
export const exemptionsSchema = z.object({ items: z.array(exemptionSchema) });

/** Answer of `GET /exemptions/export?complete=true`: what bundles carry. */
export const exportedExemptionsSchema = z.array(
  z.object({
    rule: z.string(),
    /** Name of the component, `app.kubernetes.io/name` of its objects. */
    service: z.string(),
    until: day,
    /** Of whoever asked for it. */
    reason: z.string().optional(),
  }),
);

/** What a person can decide about a fix; sent back as `inputs` of the request. */
const fixInputSchema = z.object({
  /** Key in `inputs`. */
  name: z.string(),
  title: z.string(),
  /** What the preview was made with; none where nothing is known. */
  value: z.string().optional(),
  /** Left out where any text will do. */
  options: z.array(z.string()).optional(),
});

/** Answer of `POST /fixes/preview`: what a pull request would change. */
export const fixPreviewSchema = z.object({
  title: z.string(),
  description: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      /** Left out for a new file. */
      before: z.string().optional(),
      after: z.string(),
    }),
  ),
  /** Whether the rule passes once this is merged: the rules were asked. */
  passes: z.boolean(),
  /** What is left to do by hand, where it does not. */
  remaining: z.array(z.string()).optional(),
  inputs: z.array(fixInputSchema).optional(),
  /** Of the pull request that is open already; asking again updates it. */
  pullRequestUrl: z.string().optional(),
});

/** Body of `POST /fixes/preview` and `POST /fixes`. */
export const fixRequestSchema = z
  .object({
    entityRef,
    rule: z.string().min(1),
    inputs: z.record(z.string(), z.string().max(300)).optional(),
  })
  .strict();

/** Answer of `POST /fixes`. */
export const fixSchema = z.object({ pullRequestUrl: z.string() });

export const FIX_STATES = ['open', 'merged', 'closed'] as const;

/** A pull request that Waymark opened for a rule. */
export const openedFixSchema = fixSchema.extend({
  entityRef,
  rule: z.string(),
  number: z.number().int(),
  state: z.enum(FIX_STATES),
  requestedBy: entityRef,
  requestedAt: instant,
});

/** Answer of `GET /fixes?entityRef=&state=`, newest first; open ones unless said. */
export const fixesSchema = z.object({ items: z.array(openedFixSchema) });

/** Answer of `GET /health`. */
export const healthSchema = z.object({
  revision: z.string(),
  engine: z.enum(['wasm', 'opa']),
  components: z.number().int(),
  /** Waiting to be evaluated again. */
  waiting: z.number().int(),
  collectors: z.array(
    z.object({
      part: z.enum(PARTS),
      known: z.number().int(),
      failed: z.number().int(),
      /** When the facts that have waited longest were collected. */
      oldestAt: instant.optional(),
      /** The commonest reasons, most first. */
      errors: z.array(
        z.object({ message: z.string(), components: z.number().int() }),
      ),
    }),
  ),
});

export type ComponentReport = z.infer<typeof componentReportSchema>;
export type ComponentSummary = z.infer<typeof componentSummarySchema>;
export type ComponentPage = z.infer<typeof componentPageSchema>;
export type Summary = z.infer<typeof summarySchema>;
export type History = z.infer<typeof historySchema>;
export type RulesAnswer = z.infer<typeof rulesSchema>;
export type RulePage = z.infer<typeof rulePageSchema>;
export type ExportedExemptions = z.infer<typeof exportedExemptionsSchema>;
export type Exemption = z.infer<typeof exemptionSchema>;
export type ExemptionRequest = z.infer<typeof exemptionRequestSchema>;
export type FixPreview = z.infer<typeof fixPreviewSchema>;
export type FixRequest = z.infer<typeof fixRequestSchema>;
export type OpenedFix = z.infer<typeof openedFixSchema>;
export type Health = z.infer<typeof healthSchema>;
