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
 * The trees with the recorded commit moved to the new one wherever the template
 * wrote it, such as in the pins of the platform's workflows: neither side has
 * changed these lines. A pin that the owners moved themselves stays theirs.
 */
export function movePins(
  trees: { base: Tree; ours: Tree; theirs: Tree },
  from: string,
  to: string,
): { base: Tree; ours: Tree; theirs: Tree } {
  const base = new Map(trees.base);
  const ours = new Map(trees.ours);
  for (const [path, entry] of trees.base) {
    const text = textOf(entry)?.toString('latin1');
    if (entry.mode === '160000' || !text?.includes(from)) continue;
    const move = (line: string) => line.replaceAll(from, to);
    const content = Buffer.from(move(text), 'latin1');
    base.set(path, { ...entry, content });
    const own = trees.ours.get(path);
    const ownText = textOf(own)?.toString('latin1');
    if (!own || own.mode === '160000' || ownText === undefined) continue;
    const bare = (line: string) => line.replace(/\r$/, '');
    const written = new Set(text.split('\n').map(bare));
    const moved = ownText
      .split('\n')
      .map(line => (written.has(bare(line)) ? move(line) : line))
      .join('\n');
    ours.set(path, { ...own, content: Buffer.from(moved, 'latin1') });
  }
  return { base, ours, theirs: trees.theirs };
}
