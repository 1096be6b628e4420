import { Tree, TreeEntry } from './tree';

/** A commit, as git's fast-import is told of it. */
export interface ImportedCommit {
  /** In full, such as `refs/heads/main`. */
  ref: string;
  /** `Name <address>`. */
  by: string;
  /** In seconds since 1970. */
  at: number;
  message: string;
  /** A commit, by its hash or a ref; none where it is the first. */
  from?: string;
  /** What of the commit before is taken out; `all`: everything. */
  removed: 'all' | readonly string[];
  /** What is put in, or instead of what is there. */
  files: Tree;
}

/** What git's fast-import reads to make some commits, one after the other. */
export function* fastImport(
  commits: readonly ImportedCommit[],
  ...commands: string[]
): Generator<Buffer> {
  for (const [index, commit] of commits.entries()) {
    const { ref, by, at, message, from, removed, files } = commit;
    const text = Buffer.from(message);
    yield Buffer.from(
      `commit ${ref}\nmark :${index + 1}\ncommitter ${by} ${at} +0000\ndata ${
        text.length
      }\n`,
    );
    yield text;
    yield Buffer.from(from ? `\nfrom ${from}\n` : '\n');
    if (removed === 'all') {
      if (from) yield Buffer.from('deleteall\n');
    } else {
      for (const path of removed) yield Buffer.from(`D ${quoted(path)}\n`);
    }
    for (const [path, entry] of files) yield* file(path, entry);
    yield Buffer.from('\n');
  }
  yield Buffer.from([...commands, 'done', ''].join('\n'));
}

function* file(path: string, entry: TreeEntry): Generator<Buffer> {
  const name = quoted(path);
  if (entry.mode === '160000') {
    yield Buffer.from(`M 160000 ${entry.commit} ${name}\n`);
    return;
  }
  const { length } = entry.content;
  yield Buffer.from(`M ${entry.mode} inline ${name}\ndata ${length}\n`);
  yield entry.content;
  yield Buffer.from('\n');
}

function quoted(path: string): string {
  const inner = path
    .replace(/["\\]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r');
  return `"${inner}"`;
}
