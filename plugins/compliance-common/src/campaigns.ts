import { z } from 'zod';
import { day, entityRef, instant } from './fields';

export const CAMPAIGN_STATES = [
  'draft',
  'running',
  'done',
  'cancelled',
] as const;

/**
 * Which components a campaign is about: those that match every list that is not
 * empty; all components where all lists are.
 */
export const campaignScopeSchema = z
  .object({
    owners: z.array(entityRef).max(100).default([]),
    systems: z.array(entityRef).max(100).default([]),
    /** Values of `spec.lifecycle`, such as `production`. */
    lifecycles: z.array(z.string().min(1)).max(20).default([]),
  })
  .strict();

/**
 * Body of `POST /campaigns`, which makes a draft, and of `PUT /campaigns/:id`,
 * which changes one: rules and scope only while it is a draft.
 */
export const campaignRequestSchema = z
  .object({
    title: z.string().trim().min(3).max(100),
    /** Why it matters, for those who have to do it; Markdown. */
    description: z.string().trim().max(4000).default(''),
    rules: z.array(z.string().min(1)).min(1).max(50),
    scope: campaignScopeSchema,
    /** Last day. */
    deadline: day,
  })
  .strict();

/**
 * How far it is, in pairs of a component in the scope and a rule that applies to
 * it. Those in a draft are what it would be now; those of an ended one, at its end.
 */
export const campaignProgressSchema = z.object({
  components: z.number().int(),
  /** Components that keep all of its rules, or are exempt. */
  componentsDone: z.number().int(),
  /** Pairs that count: passing, failing, unknown or exempt. */
  pairs: z.number().int(),
  /** Of these, passing or exempt. */
  pairsDone: z.number().int(),
  /** Of the pairs, those not known. */
  unknown: z.number().int(),
});

export const campaignSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  rules: z.array(z.string()),
  scope: campaignScopeSchema,
  deadline: day,
  state: z.enum(CAMPAIGN_STATES),
  createdBy: entityRef,
  createdAt: instant,
  startedAt: instant.optional(),
  endedAt: instant.optional(),
  endedBy: entityRef.optional(),
  /** Its rules on trial that were made standing rules at its end. */
  promoted: z.array(z.string()),
  /** When owners were last reminded. */
  remindedAt: instant.optional(),
  progress: campaignProgressSchema,
});

/** Answer of `GET /campaigns?state=`, running ones first, soonest deadline first. */
export const campaignsSchema = z.object({ items: z.array(campaignSchema) });

/** Answer of `GET /campaigns/:id`. */
export const campaignPageSchema = z.object({
  campaign: campaignSchema,
  /** The burn-up: a point a day since the start; a draft has none. */
  points: z.array(
    z.object({ day, pairs: z.number().int(), pairsDone: z.number().int() }),
  ),
  /** Progress of each owner, the one with most to do first. */
  owners: z.array(
    campaignProgressSchema.extend({
      /** Entity reference; empty for components without. */
      owner: z.string(),
      title: z.string(),
    }),
  ),
  /** Progress of each rule, the one with most to do first. */
  rules: z.array(
    campaignProgressSchema.pick({ pairs: true, pairsDone: true }).extend({
      rule: z.string(),
    }),
  ),
});

/**
 * Answer of `GET /campaigns/:id/components?owner=&open=true|false&limit=&offset=`,
 * most to do first.
 */
export const campaignComponentsSchema = z.object({
  items: z.array(
    z.object({
      entityRef,
      title: z.string(),
      owner: entityRef.optional(),
      /** Rules of the campaign that it fails, and that are not known. */
      failing: z.array(z.string()),
      unknown: z.array(z.string()),
      pairs: z.number().int(),
      pairsDone: z.number().int(),
    }),
  ),
  total: z.number().int(),
});

/**
 * Body of `POST /campaigns/preview`: what a campaign of these rules in this scope
 * would reach now. Answer: {@link campaignProgressSchema} with `owners` as in
 * {@link campaignPageSchema}.
 */
export const campaignPreviewRequestSchema = campaignRequestSchema.pick({
  rules: true,
  scope: true,
});

export const campaignPreviewSchema = campaignProgressSchema.extend({
  owners: campaignPageSchema.shape.owners,
});

/**
 * Body of `POST /campaigns/:id/state`: draft -> running | cancelled, running ->
 * done | cancelled. `promote` with `done`: its rules on trial count from now on.
 */
export const campaignStateRequestSchema = z
  .object({
    state: z.enum(['running', 'done', 'cancelled']),
    promote: z.boolean().default(false),
  })
  .strict();

/**
 * Answer of `POST /campaigns/:id/reminders`, at most one a day: how many groups were
 * told. Besides, owners with something left to do are told at the start and 14, 7
 * and 1 days before the deadline.
 */
export const campaignReminderSchema = z.object({ owners: z.number().int() });

/** Answer of `GET /rules/promoted`: rules that the portal has made standing rules. */
export const promotedRulesSchema = z.array(
  z.object({ rule: z.string(), since: instant, campaign: z.string() }),
);

export type CampaignScope = z.infer<typeof campaignScopeSchema>;
export type CampaignRequest = z.infer<typeof campaignRequestSchema>;
export type CampaignProgress = z.infer<typeof campaignProgressSchema>;
export type Campaign = z.infer<typeof campaignSchema>;
export type CampaignPage = z.infer<typeof campaignPageSchema>;
export type CampaignComponents = z.infer<typeof campaignComponentsSchema>;
export type CampaignPreview = z.infer<typeof campaignPreviewSchema>;
export type CampaignStateRequest = z.infer<typeof campaignStateRequestSchema>;
export type PromotedRules = z.infer<typeof promotedRulesSchema>;
