import { z } from 'zod';

/**
 * A UTC instant as `Date.toISOString` writes it, `2026-12-31T23:59:59.000Z`: one
 * way to write each, so that text sorts as time does and a rebuild is the same.
 */
export const instantSchema = z.iso.datetime({ precision: 3 });

/** First 32 hex digits of SHA-256 over the fact's natural key. */
export const factIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

const entityRefSchema = z.string().min(1);

/** Where a fact comes from, to find what the source says of it. */
export const originSchema = z.object({
  /** `github`, `argocd`, `pagerduty`, `alertmanager`, `cdevents`. */
  source: z.string().min(1),
  /** What the source calls it. */
  externalId: z.string().min(1),
});

export const DEPLOYMENT_RESULTS = ['success', 'failure', 'cancelled'] as const;
export const DEPLOYMENT_KINDS = ['planned', 'hotfix', 'rollback'] as const;

/**
 * One component brought to one environment, or tried. A deployment of several
 * components is one fact for each.
 */
export const deploymentSchema = z.object({
  id: factIdSchema,
  entityRef: entityRefSchema,
  /** As the source calls it. */
  environment: z.string().min(1),
  /** Whether configuration counts the environment as production. */
  production: z.boolean(),
  /** Where an environment stands in several. */
  region: z.string().min(1).optional(),
  /** Left out where the source names no commit: then no change is credited to it. */
  sha: z.string().min(1).optional(),
  startedAt: instantSchema,
  /** Left out while it runs. */
  finishedAt: instantSchema.optional(),
  /** Left out while it runs. */
  result: z.enum(DEPLOYMENT_RESULTS).optional(),
  /** The source's own word for the result. */
  originalResult: z.string(),
  kind: z.enum(DEPLOYMENT_KINDS),
  /** Deployment that this hotfix or rollback mends. */
  mendsDeploymentId: factIdSchema.optional(),
  /** Incident that made this hotfix or rollback necessary. */
  incidentId: factIdSchema.optional(),
  url: z.string().optional(),
  origin: originSchema,
});

/**
 * What was merged: a pull request, or a commit pushed without one. One fact for
 * each component whose path it touches.
 */
export const changeSchema = z.object({
  id: factIdSchema,
  entityRef: entityRefSchema,
  /** `host/owner/name` in small letters. */
  repository: z.string().min(1),
  /** Of the pull request; left out for a commit pushed without one. */
  number: z.number().int().positive().optional(),
  url: z.string().optional(),
  title: z.string(),
  author: z.string(),
  /** Whether a program wrote it; such changes are counted apart. */
  bot: z.boolean(),
  /** Left out until its commits are known. */
  firstCommitAt: instantSchema.optional(),
  /** When the pull request was opened, or last left draft. */
  readyAt: instantSchema.optional(),
  firstReviewAt: instantSchema.optional(),
  mergedAt: instantSchema,
  /** What the branch has of it, also after a squash, a rebase or a merge queue. */
  mergeSha: z.string().min(1),
  /** Whether its paths are known; if not, every component of the repository has it. */
  pathsKnown: z.boolean(),
  /** First successful production deployment that contains it. */
  deploymentId: factIdSchema.optional(),
  /** When that one finished. */
  deployedAt: instantSchema.optional(),
  origin: originSchema,
});

export const INCIDENT_LINKS = ['stated', 'window', 'none'] as const;

/** Something that users felt, at one component. */
export const incidentSchema = z.object({
  id: factIdSchema,
  entityRef: entityRefSchema,
  /** As the source calls it; empty where it names none. */
  severity: z.string(),
  title: z.string(),
  url: z.string().optional(),
  startedAt: instantSchema,
  detectedAt: instantSchema.optional(),
  /** Left out while it is open, also after it was opened again. */
  resolvedAt: instantSchema.optional(),
  /** Deployment that caused it. */
  deploymentId: factIdSchema.optional(),
  /** `stated` by the source, found in the `window` before it began, or `none`. */
  linkedBy: z.enum(INCIDENT_LINKS),
  origin: originSchema,
});

export type Origin = z.infer<typeof originSchema>;
export type Deployment = z.infer<typeof deploymentSchema>;
export type DeploymentResult = (typeof DEPLOYMENT_RESULTS)[number];
export type DeploymentKind = (typeof DEPLOYMENT_KINDS)[number];
export type Change = z.infer<typeof changeSchema>;
export type Incident = z.infer<typeof incidentSchema>;
export type IncidentLink = (typeof INCIDENT_LINKS)[number];

/** What the metrics are computed from. */
export interface Facts {
  deployments: Deployment[];
  changes: Change[];
  incidents: Incident[];
}
