/** A side of a path that git could not merge. */
export interface Stage<T> {
  path: string;
  /** 1 is what both began with, 2 the owners', 3 the template's. */
  side: 1 | 2 | 3;
  entry: T;
}

/** What `git merge-tree --write-tree --messages -z` says. */
export interface MergeAnswer {
  tree: string;
  stages: { path: string; side: 1 | 2 | 3; mode: string; oid: string }[];
  /** Files of the template that git moved along with a folder of the owners. */
  misplaced: Set<string>;
  /** Files that both sides moved, each to another place. */
  movedTwice: { from: string; ours: string; theirs: string }[];
}

const STAGE = /^(\d{6}) ([0-9a-f]{40,64}) ([123])\t([^]+)$/;

/** Reads git's answer; see `git help merge-tree`, OUTPUT. */
export function readMergeAnswer(stdout: Buffer): MergeAnswer {
  const fields = stdout.toString('utf8').split('\0');
  const tree = fields[0];
  const stages: MergeAnswer['stages'] = [];
  let at = 1;
  for (; fields[at]; at += 1) {
    const [, mode, oid, side, path] = STAGE.exec(fields[at]) ?? [];
    stages.push({ path, side: Number(side) as 1 | 2 | 3, mode, oid });
  }
  const misplaced = new Set<string>();
  const movedTwice: MergeAnswer['movedTwice'] = [];
  for (at += 1; fields[at]; ) {
    const count = Number(fields[at]);
    const paths = fields.slice(at + 1, at + 1 + count);
    const type = fields[at + 1 + count];
    if (type === 'CONFLICT (directory rename suggested)') {
      misplaced.add(paths[0]);
    }
    if (type === 'CONFLICT (rename/rename)' && count === 3) {
      const [from, ours, theirs] = paths;
      movedTwice.push({ from, ours, theirs });
    }
    at += count + 3;
  }
  return { tree, stages, misplaced, movedTwice };
}
