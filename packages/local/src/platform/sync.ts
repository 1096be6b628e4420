import { Octokit } from '@octokit/rest';
import { exists, forgeClient, unlessMissing } from '../forge/client';
import { toSnapshotImport } from '../forge/fastImport';
import { ForgeTarget, withPushRepository } from '../forge/git';
import { PLATFORM_REPOSITORY, PlatformFile } from './files';
import { treeHash } from './tree';

/** Marks the commit that holds what the checkout held at the last sync. */
const SYNCED_TAG = 'waymark-checkout';
/** Where the checkout's changes wait for a review. */
const BRANCH = 'waymark/checkout';

/** What came of a sync. */
export interface Synced {
  /** Whether main has a new commit. */
  moved: boolean;
  /** The pull request in which the checkout's changes wait, if they do. */
  pullRequestUrl?: string;
}

/** What people should know of a sync, if anything. */
export function newsOf({ pullRequestUrl }: Synced): string[] {
  return pullRequestUrl
    ? [
        `Others have changed the golden paths; the checkout's changes wait in ${pullRequestUrl}`,
      ]
    : [];
}

interface Head {
  sha: string;
  tree: string;
}

interface Place {
  octokit: Octokit;
  repository: { owner: string; repo: string };
  target: ForgeTarget;
  author: { name: string; email: string };
}

/**
 * Brings the checkout's tree to the platform's repository. As long as nobody
 * else has committed to main, it becomes a commit there; afterwards, a pull
 * request. Where the checkout did not change, neither does the repository.
 */
export async function syncPlatform(
  files: PlatformFile[],
  target: ForgeTarget,
  author: { name: string; email: string },
): Promise<Synced> {
  const octokit = forgeClient(target.url, target.token);
  const repository = { owner: target.owner, repo: PLATFORM_REPOSITORY };
  const place = { octokit, repository, target, author };
  const tree = treeHash(files);
  const [main, synced] = await Promise.all([
    readHead(place, 'heads/main'),
    readHead(place, `tags/${SYNCED_TAG}`),
  ]);
  if (!main) {
    await ensureRepository(place);
    await push(place, files, { to: 'main', parent: synced?.sha });
    return { moved: true };
  }
  if (main.tree === tree) {
    if (main.sha !== synced?.sha) await markSynced(place, main.sha, synced);
    return { moved: false };
  }
  if (synced?.tree === tree) return propose(place, synced);
  if (synced?.sha === main.sha) {
    try {
      await push(place, files, { to: 'main', at: main.sha, parent: main.sha });
      return { moved: true };
    } catch (error) {
      // Somebody was faster, or has protected the branch.
      if (!/rejected/.test(String(error))) throw error;
    }
  }
  const parent = synced?.sha ?? main.sha;
  const sha = await push(place, files, {
    ...(await findBranch(place, tree, synced)),
    parent,
  });
  return propose(place, { sha, tree });
}

async function ensureRepository({ octokit, repository }: Place) {
  if (await exists(() => octokit.repos.get(repository))) return;
  await octokit.repos.createInOrg({
    org: repository.owner,
    name: repository.repo,
    description:
      'Golden paths, the chart and the workflows they use, policies and docs',
    visibility: 'private',
    delete_branch_on_merge: true,
  });
}

async function readHead(
  { octokit, repository }: Place,
  ref: string,
): Promise<Head | undefined> {
  const found = await unlessMissing(() =>
    octokit.repos.listCommits({ ...repository, sha: ref, per_page: 1 }),
  );
  return found && toHead(found.data[0]);
}

function toHead(one: { sha: string; commit: { tree: { sha: string } } }): Head {
  return { sha: one.sha, tree: one.commit.tree.sha };
}

async function markSynced(
  { octokit, repository }: Place,
  sha: string,
  before?: Head,
) {
  const ref = `tags/${SYNCED_TAG}`;
  await (before
    ? octokit.git.updateRef({ ...repository, ref, sha, force: true })
    : octokit.git.createRef({ ...repository, ref: `refs/${ref}`, sha }));
}

/**
 * Pushes one commit, and the mark of the sync with it.
 *
 * @returns its hash
 */
async function push(
  { target, author }: Place,
  files: PlatformFile[],
  { to, at = '', parent }: { to: string; at?: string; parent?: string },
): Promise<string> {
  return withPushRepository(
    PLATFORM_REPOSITORY,
    target,
    async ({ remote, git, load }) => {
      if (parent) await git('fetch', '--quiet', '--depth=1', remote, parent);
      await load(
        toSnapshotImport({
          branch: 'checkout',
          message: parent
            ? 'Bring in what changed in the checkout'
            : 'Add golden paths, their chart and workflows, policies and docs',
          author,
          date: new Date(),
          parent,
          files,
        }),
      );
      await git(
        ...['push', '--quiet', '--atomic'],
        // Refused where the branch is not where it was when this was decided.
        `--force-with-lease=refs/heads/${to}:${at}`,
        ...[remote, `checkout:refs/heads/${to}`],
        `+checkout:refs/tags/${SYNCED_TAG}`,
      );
      return git('rev-parse', 'checkout');
    },
  );
}

/** The branch to propose from: never one with a commit that would be lost. */
async function findBranch(
  place: Place,
  tree: string,
  synced?: Head,
): Promise<{ to: string; at?: string }> {
  const head = await readHead(place, `heads/${BRANCH}`);
  if (!head) return { to: BRANCH };
  const isOurs = head.sha === synced?.sha || (await isOnMain(place, head.sha));
  return isOurs ? { to: BRANCH, at: head.sha } : { to: besideOf(tree) };
}

function besideOf(tree: string): string {
  return `${BRANCH}-${tree.slice(0, 8)}`;
}

async function isOnMain({ octokit, repository }: Place, sha: string) {
  const { data } = await octokit.repos.compareCommitsWithBasehead({
    ...repository,
    basehead: `main...${sha}`,
  });
  return data.status === 'behind' || data.status === 'identical';
}

/** Makes sure that a commit that is not on main has been proposed, once. */
async function propose(place: Place, { sha, tree }: Head): Promise<Synced> {
  const { octokit, repository } = place;
  const { data } = await octokit.pulls.list({
    ...repository,
    state: 'all',
    base: 'main',
    per_page: 100,
  });
  const known = data.find(({ head }) => head.sha === sha);
  if (known?.state === 'open') {
    return { moved: false, pullRequestUrl: known.html_url };
  }
  if (known || (await isOnMain(place, sha))) return { moved: false };
  const branch = await readHead(place, `heads/${BRANCH}`);
  const made = await octokit.pulls.create({
    ...repository,
    title: 'Bring in what changed in the checkout',
    body: 'The checkout that this portal was started from has changed, and `main` has commits of others. Merging this keeps both.',
    head: branch?.sha === sha ? BRANCH : besideOf(tree),
    base: 'main',
  });
  return { moved: false, pullRequestUrl: made.data.html_url };
}
