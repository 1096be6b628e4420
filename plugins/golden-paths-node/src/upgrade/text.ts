import { Tree, TreeEntry } from './tree';

type LineEnding = 'lf' | 'crlf' | 'mixed';

/** How git tells: no text has a zero byte near its beginning. */
export function isText(content: Buffer): boolean {
  return !content.subarray(0, 8000).includes(0);
}

/** The content of a plain text file. */
export function textOf(entry: TreeEntry | undefined): Buffer | undefined {
  const isPlain = entry?.mode === '100644' || entry?.mode === '100755';
  return isPlain && isText(entry.content) ? entry.content : undefined;
}

/**
 * The same trees, each file of which ends its lines in one way: as its owner
 * has it, or as the template where only that changed it. Otherwise a file that
 * an editor saved in the other way would be one conflict from top to bottom.
 */
export function agreeOnLineEndings(trees: {
  base: Tree;
  ours: Tree;
  theirs: Tree;
}): { base: Tree; ours: Tree; theirs: Tree } {
  const base = new Map(trees.base);
  const ours = new Map(trees.ours);
  const theirs = new Map(trees.theirs);
  for (const path of trees.theirs.keys()) {
    const of = (tree: Tree) => {
      const text = textOf(tree.get(path));
      return text && lineEnding(text);
    };
    const [was, own, next] = [of(base), of(ours), of(theirs)];
    if (!own || !next || [was, own, next].includes('mixed')) continue;
    const wanted = own === was ? next : own;
    for (const tree of [base, ours, theirs]) {
      const entry = tree.get(path);
      const content = textOf(entry);
      if (entry && entry.mode !== '160000' && content) {
        tree.set(path, { ...entry, content: endLines(content, wanted) });
      }
    }
  }
  return { base, ours, theirs };
}

/** Undefined for a text of one line, which says nothing. */
function lineEnding(content: Buffer): LineEnding | undefined {
  let [all, windows] = [0, 0];
  for (
    let at = content.indexOf(10);
    at >= 0;
    at = content.indexOf(10, at + 1)
  ) {
    all += 1;
    if (content[at - 1] === 13) windows += 1;
  }
  if (all === 0) return undefined;
  if (windows === 0) return 'lf';
  return windows === all ? 'crlf' : 'mixed';
}

/** In bytes, so that a text in any encoding keeps its characters. */
function endLines(content: Buffer, wanted: LineEnding): Buffer {
  if (lineEnding(content) === (wanted === 'crlf' ? 'crlf' : 'lf')) {
    return content;
  }
  const unix = content.toString('latin1').replace(/\r\n/g, '\n');
  return Buffer.from(
    wanted === 'crlf' ? unix.replace(/\n/g, '\r\n') : unix,
    'latin1',
  );
}

/**
 * The trees with what the template writes of itself, its version and commit, as
 * new in all of them, where the owners have left such a line as it was. It is
 * what a merge makes of the line anyway; so done, their work on the line beside
 * it is no conflict. A pin that they moved themselves stays theirs.
 */
export function moveStamps(
  trees: { base: Tree; ours: Tree; theirs: Tree },
  stamps: readonly { from: string; to: string }[],
): { base: Tree; ours: Tree; theirs: Tree } {
  const base = new Map(trees.base);
  const ours = new Map(trees.ours);
  for (const path of trees.base.keys()) {
    const [was, own, next] = [trees.base, trees.ours, trees.theirs].map(tree =>
      linesOf(tree.get(path)),
    );
    if (!was || !own || !next) continue;
    const written = new Set(next);
    const moved = new Map(
      was
        .map((line): [string, string] => [line, restamped(line, stamps)])
        .filter(
          ([line, now]) =>
            line !== now &&
            written.has(now) &&
            // A second one is a line of the owners', whatever it says.
            count(own, line) <= count(was, line),
        ),
    );
    if (moved.size === 0) continue;
    for (const [tree, rows] of [
      [base, was],
      [ours, own],
    ] as const) {
      const entry = tree.get(path);
      if (!entry || entry.mode === '160000') continue;
      const text = rows.map(row => moved.get(row) ?? row).join('\n');
      tree.set(path, { ...entry, content: Buffer.from(text, 'latin1') });
    }
  }
  return { base, ours, theirs: trees.theirs };
}

function linesOf(entry: TreeEntry | undefined): string[] | undefined {
  return textOf(entry)?.toString('latin1').split('\n');
}

function count(rows: readonly string[], line: string): number {
  return rows.filter(row => row === line).length;
}

/** `1.2.0` is not in `11.2.0` or in `1.2.0-rc.1`. */
function restamped(
  line: string,
  stamps: readonly { from: string; to: string }[],
): string {
  return stamps.reduce((text, { from, to }) => {
    const escaped = from.replace(/[.+]/g, '\\$&');
    const alone = new RegExp(`(?<![\\w.])${escaped}(?![.+-]?\\w)`, 'g');
    return text.includes(from) ? text.replace(alone, to) : text;
  }, line);
}
