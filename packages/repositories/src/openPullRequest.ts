import { ConflictError } from '@backstage/errors';
import { z } from 'zod';
import { GithubClient } from './GithubClient';

const refSchema = z.object({ object: z.object({ sha: z.string() }) });
const commitSchema = z.object({ message: z.string() });
const branchSchema = z.object({ protected: z.boolean().default(false) });
const pullSchema = z.object({
  number: z.number().int(),
  html_url: z.url(),
  state: z.enum(['open', 'closed']),
  merged_at: z.string().nullish(),
});

/** What is asked of the Git host. */
export interface Wanted {
  branch: string;
  /** The default branch. */
  base: string;
  title: string;
  body: string;
  /** Last line of the commit's message, by which it is known as ours. */
  mark: string;
  /** Put on it, of those that the repository has. */
  labels: readonly string[];
  /**
   * Makes the branch what it should be.
   *
   * @param before - commit that the branch is at, which is one of ours
   * @returns false where somebody moved the branch meanwhile
   */
  push(before: string | undefined): Promise<boolean>;
}

export type PullRequestState = 'open' | 'merged' | 'closed';

export interface PullRequest {
  number: number;
  url: string;
}

/**
 * One commit on a branch of its own, and a pull request from it. What is open
 * already is brought up to date, unless people have worked on it.
 *
 * @throws ConflictError where the branch is somebody else's
 */
export async function openPullRequest(
  client: GithubClient,
  wanted: Wanted,
): Promise<PullRequest> {
  if (wanted.branch === wanted.base) {
    throw new ConflictError(`${wanted.branch} is the default branch.`);
  }
  // Whoever asks at the same moment makes one of the writes fail, once.
  const made =
    (await attempt(client, wanted)) ?? (await attempt(client, wanted));
  if (!made) throw new ConflictError('The Git host refused the pull request.');
  return made;
}

/** Undefined where something was there that had not been there before. */
async function attempt(
  client: GithubClient,
  wanted: Wanted,
): Promise<PullRequest | undefined> {
  const { branch, base, title, body, mark } = wanted;
  const open = await findOpen(client, branch, base);
  const head = await client.find(refSchema, `/git/ref/heads/${branch}`);
  const before = head?.object.sha;
  if (before) {
    const commit = await client.find(commitSchema, `/git/commits/${before}`);
    const isOurs = commit?.message.split(/\r?\n/).includes(mark);
    if (!isOurs && open) return open;
    if (!isOurs) {
      throw new ConflictError(
        `There is a branch ${branch} that was not made for this. Rename or delete it first.`,
      );
    }
    const path = `/branches/${encodeURIComponent(branch)}`;
    if ((await client.find(branchSchema, path))?.protected) {
      throw new ConflictError(`The branch ${branch} is protected.`);
    }
  }
  if (!(await wanted.push(before))) return undefined;
  if (open) {
    await client.write(z.unknown(), 'PATCH', `/pulls/${open.number}`, {
      title,
      body,
    });
    return open;
  }
  const pull = await client.write(pullSchema, 'POST', '/pulls', {
    title,
    body,
    head: branch,
    base,
  });
  if (!pull) return undefined;
  await label(client, pull.number, wanted.labels);
  return { number: pull.number, url: pull.html_url };
}

/** The open pull request from a branch of the repository itself. */
export async function findOpen(
  client: GithubClient,
  branch: string,
  base: string,
): Promise<PullRequest | undefined> {
  const head = `${client.owner}:${branch}`;
  const query = new URLSearchParams({ state: 'open', head, base });
  const pulls = await client.find(z.array(pullSchema), `/pulls?${query}`);
  const [first] = pulls ?? [];
  return first && { number: first.number, url: first.html_url };
}

/** What became of it; undefined where it is gone. */
export async function stateOf(
  client: GithubClient,
  number: number,
): Promise<PullRequestState | undefined> {
  const pull = await client.find(pullSchema, `/pulls/${number}`);
  if (!pull) return undefined;
  if (pull.state === 'open') return 'open';
  return pull.merged_at ? 'merged' : 'closed';
}

/** A pull request without a label is one all the same. */
async function label(
  client: GithubClient,
  number: number,
  wanted: readonly string[],
): Promise<void> {
  try {
    const labels = [];
    for (const name of wanted) {
      if (await client.find(z.unknown(), `/labels/${name}`)) labels.push(name);
    }
    if (labels.length === 0) return;
    await client.write(z.unknown(), 'POST', `/issues/${number}/labels`, {
      labels,
    });
  } catch {
    // The token may read and write code and no labels.
  }
}
