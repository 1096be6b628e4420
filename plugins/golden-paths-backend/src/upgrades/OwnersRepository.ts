import {
  Git,
  readGitTree,
  Remote,
  Tree,
  Upgrade,
  withBareRepository,
} from '@waymark/backstage-plugin-golden-paths-node';

/** Who a commit is by: the portal, whoever asked for it. */
const AUTHOR = { name: 'Waymark', email: 'waymark@users.noreply.invalid' };

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
  return withBareRepository(async git => {
    const commit = await fetchTip(git, remote, branch);
    return { commit, tree: await readGitTree(git, commit) };
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
  return withBareRepository(async git => {
    const tip = await fetchTip(git, remote, onto.branch);
    if (tip !== onto.commit) return false;
    const entries = [];
    for (const { path } of changes) {
      const entry = tree.get(path);
      if (!entry) {
        entries.push(`0 ${'0'.repeat(40)}\t${path}`);
      } else if (entry.mode === '160000') {
        entries.push(`160000 ${entry.commit}\t${path}`);
      } else {
        const { stdout } = await git(
          ['hash-object', '-w', '--no-filters', '--stdin'],
          { input: [entry.content] },
        );
        entries.push(`${entry.mode} ${lineOf(stdout)}\t${path}`);
      }
    }
    await git(['read-tree', tip]);
    await git(['update-index', '-z', '--index-info'], {
      input: entries.map(entry => Buffer.from(`${entry}\0`)),
    });
    const made = lineOf((await git(['write-tree'])).stdout);
    if (before && (await isThere(git, remote, before, { made, tip }))) {
      return true;
    }
    const { stdout } = await git(
      [
        '-c',
        `user.name=${AUTHOR.name}`,
        '-c',
        `user.email=${AUTHOR.email}`,
        'commit-tree',
        made,
        '-p',
        tip,
        '-F',
        '-',
      ],
      { input: [Buffer.from(message)] },
    );
    const { code } = await git(
      [
        'push',
        '--quiet',
        `--force-with-lease=refs/heads/${branch}:${before ?? ''}`,
        remote.url,
        `${lineOf(stdout)}:refs/heads/${branch}`,
      ],
      { okCodes: [0, 1] },
    );
    return code === 0;
  }, remote);
}

/** Whether the branch has the same commit already, but for its time. */
async function isThere(
  git: Git,
  remote: Remote,
  before: string,
  { made, tip }: { made: string; tip: string },
): Promise<boolean> {
  const { code } = await git(
    ['fetch', '--quiet', '--depth=2', '--no-tags', remote.url, before],
    { okCodes: [0, 1, 128] },
  );
  if (code !== 0) return false;
  const { stdout } = await git(['log', '-1', '--format=%T %P', before]);
  return lineOf(stdout) === `${made} ${tip}`;
}

async function fetchTip(
  git: Git,
  remote: Remote,
  branch: string,
): Promise<string> {
  await git([
    'fetch',
    '--quiet',
    '--depth=1',
    '--no-tags',
    remote.url,
    `+refs/heads/${branch}:refs/waymark/tip`,
  ]);
  const { stdout } = await git(['rev-parse', '--verify', 'refs/waymark/tip']);
  return lineOf(stdout);
}

function lineOf(stdout: Buffer): string {
  return stdout.toString('utf8').trim();
}
