import { instantSchema } from '@waymark/backstage-plugin-dora-common';
import { z } from 'zod';

const text = z.string().max(10_000);
const name = z.string().min(1).max(1_000);
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
/** `host/owner/name` in small letters. */
const repository = name.refine(
  value => value === value.toLowerCase() && value.split('/').length > 2,
  { message: 'must be host/owner/name in small letters' },
);
/** References of components in full and in small letters. */
const entityRefs = z.array(name).min(1).max(500);

const commitSchema = z.object({
  sha,
  at: instantSchema,
  /** First line of the message. */
  title: text,
  author: text,
  authorIsBot: z.boolean(),
  /** Left out where the source does not say which files it changed. */
  paths: z.array(z.string()).optional(),
});

/** A branch or a tag was moved. */
export const pushSchema = z.object({
  kind: z.literal('push'),
  source: name,
  repository,
  /** `refs/heads/main`, `refs/tags/v1`. */
  ref: name,
  /** Left out where the push made the ref. */
  before: sha.optional(),
  /** Left out where the push deleted the ref; of a tag, the commit it stands at. */
  after: sha.optional(),
  forced: z.boolean(),
  at: instantSchema,
  /** Without `refs/heads/`. */
  defaultBranch: name,
  /** What the ref did not have before, in the order of history. */
  commits: z.array(commitSchema),
});

/** A commit has another in its history: asked of the Git host, and kept. */
export const ancestrySchema = z.object({
  kind: z.literal('ancestry'),
  repository,
  sha,
  ancestor: sha,
});

/** A pull request as it was at one moment. */
export const pullRequestSchema = z.object({
  kind: z.literal('pull-request'),
  source: name,
  repository,
  number: z.number().int().positive(),
  url: text,
  title: text,
  author: text,
  authorIsBot: z.boolean(),
  baseRef: name,
  headRef: name,
  /** Left out where the fork is gone. */
  headRepository: repository.optional(),
  headSha: sha,
  state: z.enum(['open', 'merged', 'closed']),
  createdAt: instantSchema,
  firstReviewAt: instantSchema.optional(),
  /** When it last left draft. */
  readyAt: instantSchema.optional(),
  mergedAt: instantSchema.optional(),
  mergeSha: sha.optional(),
  labels: z.array(text),
  at: instantSchema,
});

/** The commits of a pull request: asked of the Git host, and kept. */
export const pullRequestCommitsSchema = z.object({
  kind: z.literal('pull-request-commits'),
  repository,
  number: z.number().int().positive(),
  commits: z.array(
    z.object({
      sha,
      at: instantSchema,
      paths: z.array(z.string()).optional(),
    }),
  ),
  at: instantSchema,
});

export const DEPLOYMENT_STATUSES = [
  'queued',
  'in_progress',
  'success',
  'failure',
  'cancelled',
  'inactive',
] as const;

/** How far a deployment was at one moment. */
export const deploymentObservationSchema = z
  .object({
    kind: z.literal('deployment'),
    source: name,
    externalId: name,
    repository: repository.optional(),
    /** With a repository: which of its components; otherwise: which components. */
    entityRefs: entityRefs.optional(),
    /** Instead of those: what the source calls it, `kubernetes-id:pricing`. */
    service: name.optional(),
    environment: name,
    region: name.optional(),
    sha: sha.optional(),
    /** What is deployed, where the source names no commit but what was built of it. */
    artifact: name.optional(),
    ref: text,
    at: instantSchema,
    status: z.enum(DEPLOYMENT_STATUSES),
    /** What had ended before stays as it was: this is about what came after. */
    unlessEnded: z.boolean().optional(),
    /** The source's own word. */
    originalStatus: text,
    /** What the source says it is; left out where it says nothing. */
    planned: z.enum(['planned', 'hotfix', 'rollback']).optional(),
    task: text,
    url: text.optional(),
    byBot: z.boolean(),
  })
  .refine(value => value.service || value.repository || value.entityRefs, {
    message: 'names neither a service nor a repository nor a component',
  });

/** Something was built of a commit. */
export const artifactSchema = z.object({
  kind: z.literal('artifact'),
  source: name,
  /** What deployments call it, such as a package URL. */
  artifact: name,
  repository,
  sha,
  at: instantSchema,
});

/** How far a run of a workflow was; a deployment where configuration says so. */
export const workflowRunSchema = z.object({
  kind: z.literal('workflow-run'),
  source: name,
  externalId: name,
  repository,
  workflow: text,
  /** `.github/workflows/deploy.yaml` */
  path: text,
  branch: text,
  event: text,
  sha,
  at: instantSchema,
  status: z.enum(DEPLOYMENT_STATUSES),
  originalStatus: text,
  url: text,
  byBot: z.boolean(),
});

/** A published release; a deployment where configuration says so. */
export const releaseSchema = z.object({
  kind: z.literal('release'),
  source: name,
  externalId: name,
  repository,
  tag: name,
  prerelease: z.boolean(),
  at: instantSchema,
  url: text,
  byBot: z.boolean(),
});

/** In the order in which they count of the same moment. */
export const INCIDENT_STATUSES = [
  /** It was none: called so by mistake, or deleted. */
  'withdrawn',
  'triggered',
  'acknowledged',
  'resolved',
  'reopened',
] as const;

/** How far an incident was at one moment. */
export const incidentObservationSchema = z
  .object({
    kind: z.literal('incident'),
    source: name,
    externalId: name,
    /** What the source calls what is broken: a component's annotation names it. */
    service: name.optional(),
    repository: repository.optional(),
    entityRefs: entityRefs.optional(),
    /** Where it is; left out where it is for sure in production. */
    environment: name.optional(),
    severity: text,
    title: text,
    url: text.optional(),
    at: instantSchema,
    status: z.enum(INCIDENT_STATUSES),
    startedAt: instantSchema.optional(),
    /** What the source states as its cause. */
    cause: z
      .object({
        sha: sha.optional(),
        /** Instead of a commit: what was built of it. */
        artifact: name.optional(),
        /** As the source of deployments calls it. */
        deployment: z.object({ source: name, externalId: name }).optional(),
      })
      .optional(),
  })
  .refine(value => value.service || value.repository || value.entityRefs, {
    message: 'names neither a service nor a repository nor a component',
  });

/** What a delivery says that happened; facts are made of these alone. */
export const observationSchema = z.discriminatedUnion('kind', [
  pushSchema,
  ancestrySchema,
  pullRequestSchema,
  pullRequestCommitsSchema,
  deploymentObservationSchema,
  artifactSchema,
  workflowRunSchema,
  releaseSchema,
  incidentObservationSchema,
]);

export type Observation = z.infer<typeof observationSchema>;
/** The observations of one kind. */
export type ObservationOf<K extends Observation['kind']> = Extract<
  Observation,
  { kind: K }
>;
