import { InputError } from '@backstage/errors';

/** A file as git keeps one. */
export type TreeEntry =
  | { mode: '100644' | '100755' | '120000'; content: Buffer }
  /** Another repository at one of its commits. */
  | { mode: '160000'; commit: string };

/** The files of a repository by path, with forward slashes. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/** How much one upgrade looks at, of each of its trees. */
export const TREE_LIMITS = { files: 50_000, bytes: 256 * 1024 * 1024 };

const MOST_PATH = 4_000;

/** Characters that some file systems take for nothing inside of a name. */
const UNSEEN = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * That the paths of a tree stay inside of it and out of git's own folder, on
 * every file system, and that there is no more than can be looked at.
 *
 * @param whose - what a message calls the tree
 * @throws InputError naming the first path that is refused
 */
export function checkTree(tree: Tree, whose: string): void {
  if (tree.size > TREE_LIMITS.files) {
    throw new InputError(
      `${whose} has ${tree.size} files, of which at most ${TREE_LIMITS.files} are looked at`,
    );
  }
  let bytes = 0;
  for (const [path, entry] of tree) {
    if (!isInside(path)) {
      throw new InputError(
        `${whose} has a file ${JSON.stringify(
          path.slice(0, 200),
        )}: such a name is refused`,
      );
    }
    if (entry.mode !== '160000') bytes += entry.content.length;
  }
  if (bytes > TREE_LIMITS.bytes) {
    throw new InputError(
      `${whose} is larger than ${TREE_LIMITS.bytes / 1024 / 1024} MiB`,
    );
  }
}

/**
 * The same for what a template makes, which holds plain files only, and no name
 * that means a folder to some systems.
 *
 * @throws InputError naming the first path that is refused
 */
export function checkRendered(tree: Tree, whose: string): void {
  checkTree(tree, whose);
  for (const [path, { mode }] of tree) {
    const isPlain = mode === '100644' || mode === '100755';
    // eslint-disable-next-line no-control-regex
    if (!isPlain || /[\\\u0000-\u001f\u007f]/.test(path)) {
      throw new InputError(
        `${whose} has ${JSON.stringify(path)}, which is no plain file`,
      );
    }
  }
}

/** Whether two entries are the same file. */
export function isSame(
  one: TreeEntry | undefined,
  other: TreeEntry | undefined,
): boolean {
  if (!one || !other) return one === other;
  if (one.mode === '160000' || other.mode === '160000') {
    return (
      one.mode === '160000' &&
      other.mode === '160000' &&
      one.commit === other.commit
    );
  }
  return one.mode === other.mode && one.content.equals(other.content);
}

/** The folders that a path lies in, the outermost first. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function isInside(path: string): boolean {
  if (path.length > MOST_PATH || path.includes('\0')) return false;
  return path
    .split('/')
    .every(part => !['', '.', '..'].includes(part) && !isGitFolder(part));
}

/** Also as other systems write it: `.GIT`, `git~1`, `.git ` or `.git::$DATA`. */
function isGitFolder(part: string): boolean {
  const seen = part
    .replace(UNSEEN, '')
    .replace(/:.*$/, '')
    .replace(/[ .]+$/, '')
    .toLowerCase();
  return seen === '.git' || seen === 'git~1';
}
