import { z } from 'zod';

const time = z.string().datetime();
const id = z.number().int().positive();

const permission = z.enum(['pull', 'triage', 'push', 'maintain', 'admin']);

/** What somebody may do in a repository; each includes those before it. */
export type Permission = z.output<typeof permission>;

export const accountSchema = z.object({
  id,
  login: z.string(),
  type: z.enum(['User', 'Organization']),
  createdAt: time,
});
/** A login keeps its id for ever, also when the options no longer name it. */
export type AccountRecord = z.output<typeof accountSchema>;

export const teamSchema = z.object({
  id,
  organisation: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string().nullable().default(null),
  privacy: z.string().default('closed'),
  parent: z.string().nullable().default(null),
  members: z.array(z.string()).default([]),
  createdAt: time,
});
export type TeamRecord = z.output<typeof teamSchema>;

const variable = z.object({
  value: z.string(),
  createdAt: time,
  updatedAt: time,
});
const secret = z.object({
  encryptedValue: z.string(),
  keyId: z.string(),
  createdAt: time,
  updatedAt: time,
});

/** A GitHub Actions variable. */
export type Variable = z.output<typeof variable>;
/** A GitHub Actions secret; its value stays sealed. */
export type Secret = z.output<typeof secret>;

const label = z.object({
  id,
  name: z.string(),
  color: z.string(),
  description: z.string().nullable(),
});
export type Label = z.output<typeof label>;

export const repositorySettingsSchema = z.object({
  has_issues: z.boolean().default(true),
  has_projects: z.boolean().default(true),
  has_wiki: z.boolean().default(true),
  allow_merge_commit: z.boolean().default(true),
  allow_squash_merge: z.boolean().default(true),
  allow_rebase_merge: z.boolean().default(true),
  allow_auto_merge: z.boolean().default(false),
  allow_update_branch: z.boolean().default(false),
  delete_branch_on_merge: z.boolean().default(false),
  is_template: z.boolean().default(false),
  squash_merge_commit_title: z
    .enum(['PR_TITLE', 'COMMIT_OR_PR_TITLE'])
    .default('COMMIT_OR_PR_TITLE'),
  squash_merge_commit_message: z
    .enum(['PR_BODY', 'COMMIT_MESSAGES', 'BLANK'])
    .default('COMMIT_MESSAGES'),
});

export const repositorySchema = z.object({
  id,
  owner: z.string(),
  name: z.string(),
  formerNames: z.array(z.string()).default([]),
  description: z.string().nullable(),
  homepage: z.string().nullable(),
  visibility: z.enum(['public', 'private', 'internal']),
  archived: z.boolean().default(false),
  forkOf: id.nullable().default(null),
  defaultBranch: z.string(),
  topics: z.array(z.string()).default([]),
  settings: repositorySettingsSchema,
  customProperties: z.record(z.unknown()).default({}),
  createdBy: z.string(),
  createdAt: time,
  updatedAt: time,
  pushedAt: time.nullable(),
  /** Bytes of the bare repository, as of the last push. */
  size: z.number().default(0),
  collaborators: z
    .array(z.object({ login: z.string(), permission }))
    .default([]),
  teams: z.array(z.object({ slug: z.string(), permission })).default([]),
  variables: z.record(variable).default({}),
  secrets: z.record(secret).default({}),
  labels: z.array(label).default([]),
  deployKeys: z
    .array(
      z.object({
        id,
        title: z.string(),
        key: z.string(),
        readOnly: z.boolean(),
        createdAt: time,
      }),
    )
    .default([]),
  autolinks: z
    .array(
      z.object({
        id,
        keyPrefix: z.string(),
        urlTemplate: z.string(),
        isAlphanumeric: z.boolean(),
      }),
    )
    .default([]),
  subscribers: z.array(z.string()).default([]),
  oidc: z.record(z.unknown()).nullable().default(null),
  workflowAccess: z.string().default('none'),
  /** Where every ref stood when its changes were last told to the hooks. */
  refs: z.record(z.string()).default({}),
});
/** One repository with the settings that belong to it alone. */
export type RepositoryRecord = z.output<typeof repositorySchema>;

const allowances = z.object({
  users: z.array(z.string()).default([]),
  teams: z.array(z.string()).default([]),
  apps: z.array(z.string()).default([]),
});

export const protectionSchema = z.object({
  branch: z.string(),
  requiredStatusChecks: z
    .object({ strict: z.boolean(), contexts: z.array(z.string()) })
    .nullable(),
  enforceAdmins: z.boolean(),
  requiredReviews: z
    .object({
      count: z.number().int().min(0).max(6),
      dismissStale: z.boolean(),
      codeOwners: z.boolean(),
      lastPushApproval: z.boolean(),
      bypass: allowances,
    })
    .nullable(),
  restrictions: allowances.nullable(),
  requiredSignatures: z.boolean().default(false),
  requiredLinearHistory: z.boolean(),
  allowForcePushes: z.boolean(),
  allowDeletions: z.boolean(),
  blockCreations: z.boolean(),
  requiredConversationResolution: z.boolean(),
  lockBranch: z.boolean().default(false),
});
/** The rules of one branch. */
export type ProtectionRecord = z.output<typeof protectionSchema>;

const comment = z.object({
  id,
  author: z.string(),
  body: z.string(),
  createdAt: time,
  updatedAt: time,
});
export type Comment = z.output<typeof comment>;

const review = z.object({
  id,
  author: z.string(),
  body: z.string(),
  state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED']),
  sha: z.string(),
  submittedAt: time,
});
export type Review = z.output<typeof review>;

export const issueSchema = z.object({
  id,
  number: id,
  title: z.string(),
  body: z.string().nullable(),
  author: z.string(),
  state: z.enum(['open', 'closed']),
  stateReason: z.string().nullable().default(null),
  labels: z.array(z.string()).default([]),
  assignees: z.array(z.string()).default([]),
  comments: z.array(comment).default([]),
  createdAt: time,
  updatedAt: time,
  closedAt: time.nullable(),
  closedBy: z.string().nullable().default(null),
  pull: z
    .object({
      draft: z.boolean(),
      base: z.string(),
      baseSha: z.string(),
      head: z.string(),
      headSha: z.string(),
      /** Null when the repository it came from was deleted. */
      headRepository: id.nullable(),
      requestedReviewers: z.array(z.string()).default([]),
      requestedTeams: z.array(z.string()).default([]),
      reviews: z.array(review).default([]),
      mergedAt: time.nullable(),
      mergedBy: z.string().nullable(),
      mergeSha: z.string().nullable(),
    })
    .optional(),
});
/** An issue, or with `pull` a pull request: they share their numbers. */
export type IssueRecord = z.output<typeof issueSchema>;
/** A pull request. */
export type PullRecord = IssueRecord & {
  pull: NonNullable<IssueRecord['pull']>;
};

export const environmentSchema = z.object({
  id,
  name: z.string(),
  waitTimer: z.number().int().min(0).default(0),
  preventSelfReview: z.boolean().default(false),
  reviewers: z
    .array(z.object({ type: z.enum(['User', 'Team']), id }))
    .default([]),
  branchPolicy: z
    .object({
      protected_branches: z.boolean(),
      custom_branch_policies: z.boolean(),
    })
    .nullable(),
  policies: z
    .array(z.object({ id, name: z.string(), type: z.enum(['branch', 'tag']) }))
    .default([]),
  variables: z.record(variable).default({}),
  secrets: z.record(secret).default({}),
  createdAt: time,
  updatedAt: time,
});
export type EnvironmentRecord = z.output<typeof environmentSchema>;

export const DEPLOYMENT_STATES = [
  'error',
  'failure',
  'inactive',
  'in_progress',
  'queued',
  'pending',
  'success',
] as const;

const deploymentStatus = z.object({
  id,
  state: z.enum(DEPLOYMENT_STATES),
  description: z.string(),
  targetUrl: z.string(),
  environmentUrl: z.string(),
  environment: z.string(),
  creator: z.string(),
  createdAt: time,
});
export type DeploymentStatus = z.output<typeof deploymentStatus>;

export const deploymentSchema = z.object({
  id,
  sha: z.string(),
  ref: z.string(),
  task: z.string(),
  payload: z.unknown(),
  environment: z.string(),
  description: z.string().nullable(),
  creator: z.string(),
  transient: z.boolean(),
  production: z.boolean(),
  createdAt: time,
  updatedAt: time,
  statuses: z.array(deploymentStatus).default([]),
});
export type DeploymentRecord = z.output<typeof deploymentSchema>;

export const releaseSchema = z.object({
  id,
  tag: z.string(),
  target: z.string(),
  name: z.string(),
  body: z.string(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  author: z.string(),
  createdAt: time,
  publishedAt: time.nullable(),
});
export type ReleaseRecord = z.output<typeof releaseSchema>;

const commitStatus = z.object({
  id,
  state: z.enum(['error', 'failure', 'pending', 'success']),
  context: z.string(),
  description: z.string().nullable(),
  targetUrl: z.string().nullable(),
  creator: z.string(),
  createdAt: time,
});
export type CommitStatus = z.output<typeof commitStatus>;

export const statusesSchema = z.object({
  sha: z.string(),
  statuses: z.array(commitStatus),
});
/** Every status of one commit, oldest first. */
export type StatusesRecord = z.output<typeof statusesSchema>;

export const runSchema = z.object({
  id,
  runNumber: id,
  path: z.string(),
  name: z.string(),
  title: z.string(),
  event: z.string(),
  branch: z.string(),
  sha: z.string(),
  actor: z.string(),
  inputs: z.record(z.string()).default({}),
  status: z.enum(['queued', 'completed']),
  conclusion: z.enum(['cancelled']).nullable(),
  createdAt: time,
  updatedAt: time,
});
/** A workflow run; it waits, as nothing here runs it. */
export type RunRecord = z.output<typeof runSchema>;

export const hookSchema = z.object({
  id,
  url: z.string(),
  contentType: z.enum(['json', 'form']),
  secret: z.string().nullable(),
  insecureSsl: z.boolean(),
  events: z.array(z.string()),
  active: z.boolean(),
  createdAt: time,
  updatedAt: time,
});
/** A webhook of a repository or of an organisation. */
export type HookRecord = z.output<typeof hookSchema>;

export const deliverySchema = z.object({
  id,
  hookId: id,
  guid: z.string(),
  event: z.string(),
  action: z.string().nullable(),
  repositoryId: z.number().nullable(),
  redelivery: z.boolean(),
  payload: z.string(),
  state: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.number().int().default(0),
  createdAt: time,
  /** When the last attempt was made. */
  deliveredAt: time.nullable(),
  durationSeconds: z.number().default(0),
  statusCode: z.number().int().default(0),
  statusText: z.string().default(''),
  requestHeaders: z.record(z.string()).default({}),
  responseHeaders: z.record(z.string()).default({}),
  responseBody: z.string().default(''),
});
/** One webhook call, with what came back. */
export type DeliveryRecord = z.output<typeof deliverySchema>;
