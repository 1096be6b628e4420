import { InputError } from '@backstage/errors';
import {
  formatScaffoldRecord,
  recordedCommit,
  SCAFFOLD_RECORD_PATH,
  ScaffoldRecord,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Conflict } from './conflicts';
import { mergeTrees } from './mergeTrees';
import { foldersOf, isSame, Tree, TreeEntry } from './tree';

/** What an upgrade is made of. */
export interface UpgradeRequest {
  /** What the repository says made it. */
  recorded: ScaffoldRecord;
  /** What it will say: the new version and commit, with the answers to it. */
  next: ScaffoldRecord;
  /** The recorded version, rendered with the recorded answers. */
  base: Tree;
  /** The new version, rendered with the next record's answers. */
  theirs: Tree;
  /** The repository as its owners have it. */
  ours: Tree;
}

/** A file that an upgrade touches. */
export interface FileChange {
  path: string;
  kind: 'added' | 'changed' | 'removed';
}

/** What an upgrade comes to. Nothing has been written anywhere. */
export interface Upgrade {
  recorded: ScaffoldRecord;
  next: ScaffoldRecord;
  /** The whole repository after it. */
  tree: Tree;
  /** Against what the owners have, by path; the record itself included. */
  changes: FileChange[];
  /** On which somebody has to decide, by path. */
  conflicts: Conflict[];
  /** Whether any file but the record is touched. */
  changed: boolean;
}

/**
 * What upgrading a repository to another version of its template comes to. The
 * record is the platform's own file: it is written anew, whatever became of it.
 *
 * @throws InputError, ServiceUnavailableError as {@link mergeTrees} does
 */
export async function upgradeTree(request: UpgradeRequest): Promise<Upgrade> {
  const { recorded, next, base, ours, theirs } = request;
  const stamps = [
    { from: recordedCommit(recorded), to: recordedCommit(next) },
    { from: recorded.template.version, to: next.template.version },
  ].flatMap(({ from, to }) =>
    from && to && from !== to ? [{ from, to }] : [],
  );
  const merge = await mergeTrees({
    base: withoutRecord(base),
    ours: withoutRecord(ours),
    theirs: withoutRecord(theirs),
    stamps,
    labels: { ours: 'yours', theirs: `golden-path-${next.template.version}` },
  });
  const tree = new Map(merge.tree);
  if (foldersOf(SCAFFOLD_RECORD_PATH).some(folder => tree.has(folder))) {
    throw new InputError(`There is no room for ${SCAFFOLD_RECORD_PATH}`);
  }
  tree.set(SCAFFOLD_RECORD_PATH, {
    mode: '100644',
    content: Buffer.from(formatScaffoldRecord(next)),
  });
  const changes = changesBetween(ours, tree);
  return {
    recorded,
    next,
    tree,
    changes,
    conflicts: merge.conflicts,
    changed: changes.some(({ path }) => path !== SCAFFOLD_RECORD_PATH),
  };
}

function withoutRecord(tree: Tree): Tree {
  const rest = new Map(tree);
  rest.delete(SCAFFOLD_RECORD_PATH);
  return rest;
}

/** What became of the files of a tree, in order of their paths. */
export function changesBetween(before: Tree, after: Tree): FileChange[] {
  const kindOf = (
    was: TreeEntry | undefined,
    is: TreeEntry | undefined,
  ): FileChange['kind'] => {
    if (!was) return 'added';
    return is ? 'changed' : 'removed';
  };
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter(path => !isSame(before.get(path), after.get(path)))
    .sort()
    .map(path => ({ path, kind: kindOf(before.get(path), after.get(path)) }));
}
