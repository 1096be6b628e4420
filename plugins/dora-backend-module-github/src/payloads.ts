import {
  MalformedDelivery,
  sourceInstant,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';

const person = z
  .object({ login: z.string(), type: z.string().optional() })
  .nullish();

export const repositorySchema = z.object({
  html_url: z.url(),
  default_branch: z.string().optional(),
  pushed_at: sourceInstant.nullish(),
});

const paths = z.array(z.string()).optional();

/** A commit of a push. */
export const commitSchema = z.object({
  id: z.string(),
  message: z.string(),
  timestamp: sourceInstant,
  author: z.object({ name: z.string(), username: z.string().optional() }),
  added: paths,
  modified: paths,
  removed: paths,
});

export const pushPayload = z.object({
  ref: z.string(),
  before: z.string(),
  after: z.string(),
  forced: z.boolean(),
  head_commit: commitSchema.nullish(),
  commits: z.array(commitSchema).default([]),
  repository: repositorySchema,
});

const side = z.object({
  ref: z.string(),
  sha: z.string(),
  repo: z.object({ html_url: z.url() }).nullish(),
});

export const pullRequestPayload = z.object({
  action: z.string(),
  pull_request: z.object({
    number: z.number(),
    html_url: z.string(),
    title: z.string(),
    user: person,
    draft: z.boolean().optional(),
    state: z.enum(['open', 'closed']),
    base: side,
    head: side,
    created_at: sourceInstant,
    updated_at: sourceInstant,
    merged_at: sourceInstant.nullish(),
    merge_commit_sha: z.string().nullish(),
    labels: z.array(z.object({ name: z.string() })).default([]),
  }),
  review: z
    .object({ submitted_at: sourceInstant.nullish(), user: person })
    .optional(),
  repository: repositorySchema,
});

export const deploymentPayload = z.object({
  deployment: z.object({
    id: z.number(),
    sha: z.string(),
    ref: z.string(),
    task: z.string(),
    environment: z.string(),
    created_at: sourceInstant,
    creator: person,
    payload: z.unknown(),
  }),
  deployment_status: z
    .object({
      state: z.string(),
      environment: z.string().optional(),
      target_url: z.string().nullish(),
      log_url: z.string().nullish(),
      created_at: sourceInstant,
    })
    .optional(),
  repository: repositorySchema,
});

/** What a workflow may say about its deployment, as its payload. */
export const statedSchema = z.object({
  entityRefs: z.array(z.string().min(1).max(300)).min(1).max(500).optional(),
  kind: z.enum(['planned', 'hotfix', 'rollback']).optional(),
  region: z.string().min(1).max(200).optional(),
});

export const workflowRunPayload = z.object({
  action: z.string(),
  workflow_run: z.object({
    id: z.number(),
    run_attempt: z.number().default(1),
    name: z.string().nullish(),
    path: z.string().default(''),
    head_branch: z.string().nullish(),
    head_sha: z.string(),
    event: z.string(),
    status: z.string().nullish(),
    conclusion: z.string().nullish(),
    html_url: z.string(),
    created_at: sourceInstant,
    run_started_at: sourceInstant.optional(),
    updated_at: sourceInstant,
    actor: person,
  }),
  repository: repositorySchema,
});

export const releasePayload = z.object({
  action: z.string(),
  release: z.object({
    id: z.number(),
    tag_name: z.string(),
    html_url: z.string(),
    draft: z.boolean(),
    prerelease: z.boolean(),
    published_at: sourceInstant.nullish(),
    author: person,
  }),
  repository: repositorySchema,
});

const label = z.object({ name: z.string() });

export const issuePayload = z.object({
  action: z.string(),
  issue: z.object({
    number: z.number(),
    html_url: z.string(),
    title: z.string(),
    body: z.string().nullish(),
    state: z.enum(['open', 'closed']).optional(),
    state_reason: z.string().nullish(),
    labels: z.array(label).default([]),
    created_at: sourceInstant,
    updated_at: sourceInstant,
    closed_at: sourceInstant.nullish(),
    pull_request: z.unknown().optional(),
  }),
  label: label.nullish(),
  repository: repositorySchema,
});

/** `host/owner/name` in small letters. */
export function repositoryOf({ html_url }: { html_url: string }): string {
  const { host, pathname } = new URL(html_url);
  const [, owner, name] = pathname.toLowerCase().split('/');
  if (!owner || !name) throw new MalformedDelivery('repository.html_url');
  return `${host.toLowerCase()}/${owner}/${name}`;
}

export function isBot(who: z.infer<typeof person>): boolean {
  return who?.type === 'Bot' || isBotName(who?.login ?? '');
}

export function isBotName(name: string): boolean {
  return /\[bot\]$/i.test(name);
}
