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
export class OwnersRepository {
  private constructor(
    private readonly git: Git,
    private readonly remote: Remote,
    private readonly tip: string,
    /** As it was committed: links, modes and line endings too. */
    readonly tree: Tree,
  ) {}

  /**
   * Fetches the tip of a branch, and has it while the work lasts.
   *
   * @throws ServiceUnavailableError where the host does not hand it over
   */
  static async read<T>(
    remote: Remote,
    branch: string,
    work: (owners: OwnersRepository) => Promise<T>,
  ): Promise<T> {
    return withBareRepository(async (git, folder) => {
      const tip = await fetchTip(git, folder, remote, branch);
      const tree = await readGitTree(git, tip);
      return work(new OwnersRepository(git, remote, tip, tree));
    }, remote);
  }

  /**
   * Puts a change on a branch, as one commit on the tip that was read. What has
   * come to the default branch since is merged with the pull request, as ever.
   *
   * @param before - commit that the branch is at; none where it is not there yet
   * @returns false where the branch has moved meanwhile
   */
  async push(
    { tree, changes }: Pick<Upgrade, 'tree' | 'changes'>,
    options: { branch: string; before?: string; message: string },
  ): Promise<boolean> {
    const { git, remote, tip } = this;
    const { branch, before, message } = options;
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
  }
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
  const { stdout } = await git(
    ['fast-import', '--quiet', '--done', '--force'],
    {
      input: fastImport([made], 'get-mark :1'),
    },
  );
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
