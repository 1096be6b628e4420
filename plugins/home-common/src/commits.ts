import { z } from 'zod';

const commitSchema = z.object({
  /** The component whose repository it is in. */
  entityRef: z.string(),
  /** What the catalog calls that component. */
  component: z.string(),
  sha: z.string(),
  /** First line of the commit message. */
  title: z.string(),
  /** As Git has it: a display name, not a catalog user. */
  author: z.string(),
  /** When it reached the branch, as an ISO 8601 instant. */
  at: z.iso.datetime({ offset: true }),
  /** The commit's page on the Git host. */
  url: z.url({ protocol: /^https?$/ }),
});

/** Answer of `GET /api/home/commits`. */
export const commitsSchema = z.object({
  commits: z.array(commitSchema),
  /** Components whose repository could not be read this time. */
  unreadable: z.array(z.string()),
});

/** A commit on the default branch of a component's repository. */
export type Commit = z.infer<typeof commitSchema>;
/** Answer of `GET /api/home/commits`, the latest commit first. */
export type Commits = z.infer<typeof commitsSchema>;
