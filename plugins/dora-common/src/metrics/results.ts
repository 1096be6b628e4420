import { z } from 'zod';

/** Why there is no value. */
export const NO_DATA_REASONS = [
  'no-deployments',
  'no-changes',
  'no-lead-times',
  'no-failures',
  'no-recoveries',
] as const;

const count = z.number().int().min(0);
const duration = z.number().min(0);
const share = z.number().min(0).max(1);

const noDataSchema = z.object({
  status: z.literal('no-data'),
  why: z.enum(NO_DATA_REASONS),
  /** How many events there were that could have counted. */
  n: count,
});

/** In seconds. */
export const percentilesSchema = z.object({
  p50: duration,
  p75: duration,
  p90: duration,
});

export const deploymentFrequencySchema = z.discriminatedUnion('status', [
  noDataSchema,
  z.object({
    status: z.literal('ok'),
    /** Deployments per calendar day. */
    value: z.number().min(0),
    /** Deployments. */
    n: count,
    /** Of the ISO weeks that lie wholly in the window; left out without one. */
    weeks: z
      .object({
        n: count,
        /** Share of weeks with a deployment. */
        active: share,
        /** Deployments in a week, weeks without any included. */
        median: z.number().min(0),
        /** Deployments in a week that has some; left out where none has. */
        activeMedian: z.number().min(0).optional(),
      })
      .optional(),
  }),
]);

const stageSchema = z.object({ n: count, median: duration });

const leadTimesSchema = percentilesSchema.extend({
  /** Median. */
  value: duration,
  /** Changes. */
  n: count,
  /** Medians: they need not add up to that of the whole. */
  stages: z.object({
    coding: stageSchema.optional(),
    review: stageSchema.optional(),
    deploy: stageSchema.optional(),
  }),
});

/** Deployed changes that have no lead time, and changes not deployed. */
const leadTimeCountsSchema = z.object({
  /** Times contradict each other: a clock was wrong. */
  flagged: count,
  /** First commit not known. */
  unknown: count,
  /** Merged in the window and not deployed yet. */
  waiting: count,
  /** Changes made by programs, counted apart. */
  bots: z.object({ n: count, value: duration.optional() }),
});

/** In seconds. */
export const leadTimeSchema = z.discriminatedUnion('status', [
  noDataSchema.extend(leadTimeCountsSchema.shape),
  leadTimesSchema.extend({
    status: z.literal('ok'),
    ...leadTimeCountsSchema.shape,
  }),
]);

const recoveryCountsSchema = z.object({
  /** Failures that are not over at the window's end. */
  open: count,
  /** Times contradict each other: a clock was wrong. */
  flagged: count,
  /** Incidents begun in the window that no deployment caused. */
  unlinked: count,
});

/** In seconds. */
export const recoveryTimeSchema = z.discriminatedUnion('status', [
  noDataSchema.extend(recoveryCountsSchema.shape),
  percentilesSchema.extend({
    status: z.literal('ok'),
    /** Median. */
    value: duration,
    /** Failed deployments that were recovered from. */
    n: count,
    ...recoveryCountsSchema.shape,
  }),
]);

export const changeFailRateSchema = z.discriminatedUnion('status', [
  noDataSchema,
  z.object({
    status: z.literal('ok'),
    /** Failed over all. */
    value: share,
    /** Deployments. */
    n: count,
    failed: count,
    /** Why they count as failed; each for one reason. */
    reasons: z.object({ incident: count, failed: count, mended: count }),
  }),
]);

export const reworkRateSchema = z.discriminatedUnion('status', [
  noDataSchema,
  z.object({
    status: z.literal('ok'),
    /** Unplanned because of an incident, over all. */
    value: share,
    /** Deployments. */
    n: count,
    unplanned: count,
    /** Hotfixes and rollbacks that no incident is known for; not counted. */
    unexplained: count,
  }),
]);

/** The five. */
export const fiveSchema = z.object({
  deploymentFrequency: deploymentFrequencySchema,
  leadTime: leadTimeSchema,
  recoveryTime: recoveryTimeSchema,
  changeFailRate: changeFailRateSchema,
  reworkRate: reworkRateSchema,
});

export type NoDataReason = (typeof NO_DATA_REASONS)[number];
export type DeploymentFrequency = z.infer<typeof deploymentFrequencySchema>;
export type LeadTimeResult = z.infer<typeof leadTimeSchema>;
export type RecoveryTime = z.infer<typeof recoveryTimeSchema>;
export type ChangeFailRate = z.infer<typeof changeFailRateSchema>;
export type ReworkRate = z.infer<typeof reworkRateSchema>;
export type Five = z.infer<typeof fiveSchema>;
export type MetricName = keyof Five;
