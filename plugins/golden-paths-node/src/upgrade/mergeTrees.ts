import { ServiceUnavailableError } from '@backstage/errors';
import { withBareRepository } from './bareRepository';
import { Conflict, settle } from './conflicts';
import { fastImport, ImportedCommit } from './fastImport';
import { entryOf, readBlobs, readGitTree } from './gitTree';
import { readMergeAnswer } from './mergeAnswer';
import { Agreed, agreeOnNames } from './names';
import { checkRendered, checkTree, Tree } from './tree';
import { agreeOnLineEndings, moveStamps } from './text';

const WRONG_USAGE = 129;

/** What is merged. */
export interface MergeRequest {
  /** What the template made in its old version: what both sides began with. */
  base: Tree;
  /** What the owners have now. */
  ours: Tree;
  /** What the template makes in its new version. */
  theirs: Tree;
  /** What the template writes of itself, before and now: version and commit. */
  stamps?: readonly { from: string; to: string }[];
  /** What the conflict markers call the two sides: letters, digits, `.-`. */
  labels: { ours: string; theirs: string };
}

/** What came of it. */
export interface Merge {
  tree: Tree;
  /** In order of their paths. */
  conflicts: Conflict[];
}

/**
 * Merges what a template has changed into what its owners have made of it, by
 * git's own merge, with the line endings and modes that the owners have. Where
 * both changed the same lines, both are in the file between conflict markers;
 * what cannot be marked so is as the owners have it, and told.
 *
 * @throws InputError where a tree has a path that leads out of it or into
 * `.git`, or is too large; ServiceUnavailableError where git cannot be run
 */
export async function mergeTrees(request: MergeRequest): Promise<Merge> {
  checkRendered(request.base, 'The old version of the template');
  checkRendered(request.theirs, 'The new version of the template');
  checkTree(request.ours, 'The repository');
  const named = agreeOnNames(request, 'leave out');
  if (named.maybeMoved) {
    const whole = agreeOnNames(request, 'merge');
    const merged = await mergeAgreed(request, whole);
    if (merged.conflicts.length === whole.conflicts.length) return merged;
  }
  return mergeAgreed(request, named);
}

async function mergeAgreed(
  { stamps = [], labels, ...request }: MergeRequest,
  named: Agreed,
): Promise<Merge> {
  const sides = moveStamps(agreeOnLineEndings(named), stamps);
  return withBareRepository(async git => {
    const [ours, theirs] = [labels.ours, labels.theirs].map(refName);
    await git(['fast-import', '--quiet', '--done'], {
      input: fastImport([
        side('base', sides.base),
        side(ours, sides.ours, 'base'),
        side(theirs, sides.theirs, 'base'),
      ]),
    });
    const { code, stdout } = await git(
      ['merge-tree', '--write-tree', '--messages', '-z', ours, theirs],
      { okCodes: [0, 1, WRONG_USAGE] },
    );
    if (code === WRONG_USAGE) {
      throw new ServiceUnavailableError('Upgrades need git 2.38 or newer');
    }
    const { tree, stages, ...answer } = readMergeAnswer(stdout);
    const blobs = await readBlobs(
      git,
      stages.filter(({ mode }) => mode !== '160000').map(({ oid }) => oid),
    );
    const settled = settle(await readGitTree(git, tree), {
      ...answer,
      owned: request.ours,
      stages: stages.map(({ mode, oid, ...stage }) => ({
        ...stage,
        entry: entryOf(mode, oid, blobs),
      })),
    });
    return {
      tree: settled.tree,
      conflicts: [...named.conflicts, ...settled.conflicts].sort((one, other) =>
        one.path < other.path ? -1 : 1,
      ),
    };
  });
}

/** A label as git takes it for a branch, which it then writes into markers. */
function refName(label: string): string {
  return label
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.-]+|[.-]+$|\.lock$/g, '');
}

function side(name: string, files: Tree, from?: string): ImportedCommit {
  return {
    ref: `refs/heads/${name}`,
    by: 'upgrade <upgrade>',
    at: 0,
    message: '',
    ...(from && { from: `refs/heads/${from}` }),
    removed: 'all',
    files,
  };
}
