import { Tree, TreeEntry } from '../tree';

/** A tree of texts by path; a path that begins with `*` is a program. */
export function treeOf(files: Record<string, string | Buffer>): Tree {
  return new Map(
    Object.entries(files).map(([path, text]): [string, TreeEntry] => [
      path.replace(/^\*/, ''),
      {
        mode: path.startsWith('*') ? '100755' : '100644',
        content: Buffer.from(text),
      },
    ]),
  );
}

/** The texts of a tree, programs marked by `*` and links by `@`. */
export function textsOf(tree: Tree): Record<string, string> {
  return Object.fromEntries(
    [...tree].map(([path, entry]) => {
      if (entry.mode === '160000') return [path, entry.commit];
      const mark = { '100644': '', '100755': '*', '120000': '@' }[entry.mode];
      return [`${mark}${path}`, entry.content.toString('utf8')];
    }),
  );
}

/** Numbered lines, enough of them for two changes not to touch. */
export function lines(word: string, count = 12): string {
  return Array.from({ length: count }, (_, i) => `${word} ${i}\n`).join('');
}
