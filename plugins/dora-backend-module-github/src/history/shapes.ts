import { sourceInstant } from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';

/** What the API tells; only what is used of it. */
export const repositoryAnswer = z.object({
  default_branch: z.string(),
  html_url: z.url(),
});

const filesAnswer = z
  .array(
    z.object({
      filename: z.string(),
      previous_filename: z.string().optional(),
    }),
  )
  .optional();

export const commitAnswer = z.object({
  sha: z.string(),
  parents: z.array(z.object({ sha: z.string() })).default([]),
  commit: z.object({
    message: z.string(),
    author: z.object({ name: z.string() }).nullish(),
    committer: z.object({ date: sourceInstant }),
  }),
  author: z.object({ login: z.string().optional() }).nullish(),
  files: filesAnswer,
});
export type CommitAnswer = z.infer<typeof commitAnswer>;

export const compareAnswer = z.object({
  merge_base_commit: z.object({ sha: z.string() }).nullish(),
  commits: z.array(commitAnswer).default([]),
  files: filesAnswer,
});

/** How a branch was moved. */
const activity = z.object({
  id: z.number(),
  before: z.string(),
  after: z.string(),
  timestamp: sourceInstant,
  activity_type: z.string(),
});
export const activityAnswer = z.array(activity);
export type Activity = z.infer<typeof activity>;

const object = z.looseObject({});
const numbered = z.looseObject({ id: z.number() });

export const deploymentsAnswer = z.array(
  numbered.extend({
    created_at: sourceInstant,
    environment: z.string(),
    original_environment: z.string().nullish(),
  }),
);
export const statusesAnswer = z.array(numbered);

export const pullsAnswer = z.array(
  z.looseObject({
    number: z.number(),
    state: z.string(),
    updated_at: sourceInstant,
    merged_at: sourceInstant.nullish(),
    merge_commit_sha: z.string().nullish(),
    head: z.looseObject({ sha: z.string() }),
    base: z.looseObject({ ref: z.string() }),
    user: z.looseObject({ login: z.string() }).nullish(),
  }),
);
export const reviewsAnswer = z.array(
  z.object({
    submitted_at: sourceInstant.nullish(),
    user: z
      .object({ login: z.string(), type: z.string().optional() })
      .nullish(),
  }),
);

export const releasesAnswer = z.array(
  numbered.extend({
    tag_name: z.string(),
    draft: z.boolean(),
    created_at: sourceInstant,
    published_at: sourceInstant.nullish(),
  }),
);

export const runsAnswer = z.object({
  workflow_runs: z.array(
    numbered.extend({
      run_attempt: z.number().default(1),
      event: z.string(),
      status: z.string().nullish(),
      created_at: sourceInstant,
      updated_at: sourceInstant,
    }),
  ),
});

export const issuesAnswer = z.array(
  z.looseObject({
    number: z.number(),
    updated_at: sourceInstant,
    pull_request: object.optional(),
  }),
);
