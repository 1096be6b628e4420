import { Conflict } from './conflicts';
import { foldersOf, isSame, Tree } from './tree';

const isLink = (mode: string) => mode === '120000' || mode === '160000';

interface Sides {
  base: Tree;
  ours: Tree;
  theirs: Tree;
}

/** What is left to merge, and what is not merged. */
export interface Agreed extends Sides {
  conflicts: Conflict[];
  /** Whether git may know better: owners have moved away what the template changes. */
  maybeMoved: boolean;
}

/**
 * Takes back what the template does to a path that its owners use for something
 * else: a folder where it has a file, a link where it has a text. git would give
 * one of the two another name, which no build knows.
 *
 * @param moved - what to do with a file that is not there any more: git finds it
 * where it was moved to, but not where it was removed
 */
export function agreeOnNames(
  { base, ours, theirs }: Sides,
  moved: 'leave out' | 'merge',
): Agreed {
  const conflicts: Conflict[] = [];
  const agreed = new Map(theirs);
  let maybeMoved = false;
  const below = filesByFolder(ours);
  // What the template takes away and nobody has touched makes no trouble.
  const leaves = (path: string) =>
    !theirs.has(path) && isSame(ours.get(path), base.get(path));
  const why = (path: string): string | undefined => {
    const file = foldersOf(path).find(
      folder => ours.has(folder) && !leaves(folder),
    );
    if (file) {
      return `the golden path writes ${path}, and ${file} is a file here`;
    }
    const inside = below.get(path)?.find(other => !leaves(other));
    if (inside) {
      return `the golden path writes a file ${path}, which is a folder here`;
    }
    const own = ours.get(path);
    if (own && isLink(own.mode) && !isSame(own, base.get(path))) {
      return `the golden path writes a file ${path}, which is a link here`;
    }
    return undefined;
  };
  for (const [path, entry] of theirs) {
    const was = base.get(path);
    if (isSame(entry, was)) continue;
    const reason = why(path);
    if (!reason) continue;
    if (was && !ours.has(path)) {
      maybeMoved = true;
      if (moved === 'merge') continue;
    }
    conflicts.push({
      path,
      kind: 'kept',
      message: `${reason}: what is here stays, and the golden path's is left out`,
    });
    if (was) agreed.set(path, was);
    else agreed.delete(path);
  }
  return { base, ours, theirs: agreed, conflicts, maybeMoved };
}

function filesByFolder(tree: Tree): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const path of tree.keys()) {
    for (const folder of foldersOf(path)) {
      const known = files.get(folder);
      if (known) known.push(path);
      else files.set(folder, [path]);
    }
  }
  return files;
}
