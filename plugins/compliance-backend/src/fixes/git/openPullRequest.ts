import { ConflictError } from '@backstage/errors';
import { z } from 'zod';
import { GithubClient } from './GithubClient';
import { Modes } from './safePaths';

/** Labels that are put on it, of those that the repository has. */
const LABELS = ['waymark', 'compliance'];

const refSchema = z.object({ object: z.object({ sha: z.string() }) });
const commitSchema = z.object({
  message: z.string(),
  tree: z.object({ sha: z.string() }),
  parents: z.array(z.object({ sha: z.string() })),
});
const shaSchema = z.object({ sha: z.string() });
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
  /** The default branch, and its commit that the files come from. */
  base: { branch: string; commit: string };
  files: ReadonlyMap<string, string>;
  modes: Modes;
  title: string;
  body: string;
  /** Last line of the commit's message, by which it is known as ours. */
  mark: string;
}

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
  if (wanted.branch === wanted.base.branch) {
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
  const open = await findOpen(client, branch, base.branch);
  const head = await client.find(refSchema, `/git/ref/heads/${branch}`);
  if (head) {
    const { sha } = head.object;
    const commit = await client.find(commitSchema, `/git/commits/${sha}`);
    const isOurs = commit?.message.split(/\r?\n/).includes(mark);
    if (!isOurs && open) return open;
    if (!isOurs) {
      throw new ConflictError(
        `There is a branch ${branch} that was not made for this. Rename or delete it first.`,
      );
    }
  }
  const pushed = await push(client, wanted, head?.object.sha);
  if (!pushed) return undefined;
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
    base: base.branch,
  });
  if (!pull) return undefined;
  await label(client, pull.number);
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
export async function stateOf(client: GithubClient, number: number) {
  const pull = await client.find(pullSchema, `/pulls/${number}`);
  if (!pull) return undefined;
  if (pull.state === 'open') return 'open';
  return pull.merged_at ? 'merged' : 'closed';
}

/** @returns whether the branch is now as it should be */
async function push(
  client: GithubClient,
  { branch, base, files, modes, title, mark }: Wanted,
  before: string | undefined,
): Promise<boolean> {
  const parent = await client.find(commitSchema, `/git/commits/${base.commit}`);
  if (!parent) throw new ConflictError('The default branch has no commit.');
  const tree = await client.write(shaSchema, 'POST', '/git/trees', {
    base_tree: parent.tree.sha,
    tree: [...files].map(([path, content]) => ({
      path,
      mode: modes.get(path) ?? '100644',
      type: 'blob',
      content,
    })),
  });
  if (!tree) return false;
  if (before) {
    const now = await client.find(commitSchema, `/git/commits/${before}`);
    const isSame =
      now?.tree.sha === tree.sha && now.parents[0]?.sha === base.commit;
    if (isSame) return true;
    const path = `/branches/${encodeURIComponent(branch)}`;
    if ((await client.find(branchSchema, path))?.protected) {
      throw new ConflictError(`The branch ${branch} is protected.`);
    }
  }
  const commit = await client.write(shaSchema, 'POST', '/git/commits', {
    message: `${title}\n\n${mark}`,
    tree: tree.sha,
    parents: [base.commit],
  });
  if (!commit) return false;
  const { sha } = commit;
  const ref = before
    ? await client.write(refSchema, 'PATCH', `/git/refs/heads/${branch}`, {
        sha,
        force: true,
      })
    : await client.write(refSchema, 'POST', '/git/refs', {
        ref: `refs/heads/${branch}`,
        sha,
      });
  return ref !== undefined;
}

/** A pull request without a label is one all the same. */
async function label(client: GithubClient, number: number): Promise<void> {
  try {
    const labels = [];
    for (const name of LABELS) {
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
