import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  fastImport,
  FileChange,
  Git,
  readGitTree,
  Remote,
  Tree,
  TreeEntry,
  Upgrade,
  withBareRepository,
} from '@waymark/backstage-plugin-golden-paths-node';

/** Who a commit is by: the portal, whoever asked for it. */
const AUTHOR = 'Waymark <waymark@users.noreply.invalid>';

/** A repository as its owners have it, at the tip of its default branch. */
export interface Tip {
  commit: string;
  tree: Tree;
}

/**
 * Reads the tip of a branch as it was committed: links, modes and line endings too.
 *
 * @throws ServiceUnavailableError where the host does not hand it over
 */
export async function readTip(remote: Remote, branch: string): Promise<Tip> {
  return withBareRepository(async (git, folder) => {
    const tip = await fetchTip(git, folder, remote, branch);
    return { commit: tip, tree: await readGitTree(git, tip) };
  }, remote);
}

/**
 * Puts a change on a branch, as one commit on the tip that it was made from.
 *
 * @param onto - the default branch, and its commit that the change was made from
 * @param before - commit that the branch is at; none where it is not there yet
 * @returns false where either branch has moved meanwhile
 */
export async function pushUpgrade(
  remote: Remote,
  { tree, changes }: Pick<Upgrade, 'tree' | 'changes'>,
  options: {
    branch: string;
    onto: { branch: string; commit: string };
    before?: string;
    message: string;
  },
): Promise<boolean> {
  const { branch, onto, before, message } = options;
  return withBareRepository(async (git, folder) => {
    const tip = await fetchTip(git, folder, remote, onto.branch);
    if (tip !== onto.commit) return false;
    const made = await commit(git, { tree, changes, tip, message });
    if (before && (await isThere(git, remote, before, made))) return true;
    const { code } = await git(
      [
        'push',
        '--quiet',
        `--force-with-lease=refs/heads/${branch}:${before ?? ''}`,
        remote.url,
        `${made}:refs/heads/${branch}`,
      ],
      { okCodes: [0, 1] },
    );
    return code === 0;
  }, remote);
}

/** @returns the commit's hash */
async function commit(
  git: Git,
  change: {
    tree: Tree;
    changes: readonly FileChange[];
    tip: string;
    message: string;
  },
): Promise<string> {
  const { tree, changes, tip, message } = change;
  const removed: string[] = [];
  const files = new Map<string, TreeEntry>();
  for (const { path } of changes) {
    const entry = tree.get(path);
    if (entry) files.set(path, entry);
    else removed.push(path);
  }
  const made = {
    ref: 'refs/waymark/made',
    by: AUTHOR,
    at: Math.floor(Date.now() / 1000),
    message,
    from: tip,
    removed,
    files,
  };
  const { stdout } = await git(['fast-import', '--quiet', '--done'], {
    input: fastImport([made], 'get-mark :1'),
  });
  return lineOf(stdout);
}

/** Whether the branch has the same commit already, but for its time. */
async function isThere(
  git: Git,
  remote: Remote,
  before: string,
  made: string,
): Promise<boolean> {
  const { code } = await git(
    ['fetch', '--quiet', '--depth=2', '--no-tags', remote.url, before],
    { okCodes: [0, 1, 128] },
  );
  if (code !== 0) return false;
  const { stdout } = await git([
    'log',
    '--no-walk=unsorted',
    '--format=%T %P',
    before,
    made,
  ]);
  const [there, here] = lineOf(stdout).split('\n');
  return there === here;
}

/** @returns the commit that the branch is at */
async function fetchTip(
  git: Git,
  folder: string,
  remote: Remote,
  branch: string,
): Promise<string> {
  const ref = `+refs/heads/${branch}:refs/waymark/tip`;
  await git(['fetch', '--quiet', '--depth=1', '--no-tags', remote.url, ref]);
  const fetched = await readFile(join(folder, 'FETCH_HEAD'), 'latin1');
  return fetched.slice(0, fetched.search(/\s/));
}

function lineOf(stdout: Buffer): string {
  return stdout.toString('utf8').trim();
}
