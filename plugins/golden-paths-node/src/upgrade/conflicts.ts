import { Stage } from './mergeAnswer';
import { textOf } from './text';
import { isSame, Tree, TreeEntry } from './tree';

/** A file on which somebody has to decide. */
export interface Conflict {
  path: string;
  /**
   * `both`: both sides are in the file, between conflict markers. `kept`: it is as
   * the owners have it. `moved`: the template's new file lies where the owners
   * moved the folder that it belongs to.
   */
  kind: 'both' | 'kept' | 'moved';
  /** What happened, in words that stand after the path. */
  message: string;
}

/**
 * Brings what git could not merge to a state in which nothing of the owners is
 * missing, and tells of each.
 */
export function settle(
  merged: Tree,
  answer: {
    /** What the owners have. */
    owned: Tree;
    stages: readonly Stage<TreeEntry>[];
    /** Files of the template that follow a folder of the owners. */
    misplaced: ReadonlySet<string>;
    /** Files that the owners and the template moved to two places. */
    movedTwice: readonly { from: string; ours: string; theirs: string }[];
  },
): { tree: Tree; conflicts: Conflict[] } {
  const tree = new Map(merged);
  const conflicts: Conflict[] = [];
  const sides = new Map<string, { [side in 1 | 2 | 3]?: TreeEntry }>();
  for (const { path, side, entry } of answer.stages) {
    sides.set(path, { ...sides.get(path), [side]: entry });
  }
  for (const { from, ours, theirs } of answer.movedTwice) {
    const marked = hasMarkers(tree.get(ours), answer.owned.get(ours));
    conflicts.push({
      path: ours,
      kind: marked ? 'both' : 'kept',
      message: `you moved ${from} here, and the golden path moved it to ${theirs}: it stays here${
        marked
          ? ', and both changed the same lines: choose between the markers'
          : ''
      }`,
    });
    tree.delete(theirs);
    for (const path of [from, ours, theirs]) sides.delete(path);
  }
  for (const [path, { 2: ours, 3: theirs }] of sides) {
    const say = (kind: Conflict['kind'], message: string) =>
      conflicts.push({ path, kind, message });
    if (!ours) {
      if (!theirs) continue;
      if (answer.misplaced.has(path)) {
        say(
          'moved',
          'the golden path adds this to a folder that you moved: see whether it belongs here',
        );
        continue;
      }
      tree.delete(path);
      say(
        'kept',
        'you removed it, and the golden path changed it: it stays removed',
      );
      continue;
    }
    const own = tree.get(path) ?? ours;
    tree.set(path, own);
    if (!theirs) {
      say(
        'kept',
        'the golden path removes it, and you changed it: yours stays',
      );
    } else if (!textOf(ours) || !textOf(theirs)) {
      say('kept', 'both changed it, and it is no text: yours stays');
    } else if (isSame(own, ours)) {
      say('kept', 'both changed its mode: yours stays');
    } else {
      say('both', 'both changed the same lines: choose between the markers');
    }
  }
  return { tree, conflicts };
}

function hasMarkers(
  merged: TreeEntry | undefined,
  ours: TreeEntry | undefined,
): boolean {
  const text = isSame(merged, ours) ? undefined : textOf(merged);
  return text !== undefined && /^<{7,} /m.test(text.toString('latin1'));
}
