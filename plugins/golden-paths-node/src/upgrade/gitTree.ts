import { InputError } from '@backstage/errors';
import { Git } from './runGit';
import { Tree, TREE_LIMITS, TreeEntry } from './tree';

const ENTRY = /^(\d{6}) \w+ ([0-9a-f]{40,64}) +(?:\d+|-)\t([^]+)$/;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a tree of a repository as it was committed, without filters.
 *
 * @param treeish - such as `HEAD` or `HEAD:folder`
 * @throws InputError where it is larger than an upgrade looks at, or a name in it
 * is no UTF-8
 */
export async function readGitTree(git: Git, treeish: string): Promise<Tree> {
  const { stdout } = await git([
    'ls-tree',
    '-r',
    '-l',
    '-z',
    '--full-tree',
    '--end-of-options',
    treeish,
  ]);
  const lines = split(stdout);
  const bytes = lines.reduce(
    (sum, line) => sum + (Number(/ +(\d+)\t/.exec(line)?.[1]) || 0),
    0,
  );
  if (lines.length > TREE_LIMITS.files || bytes > TREE_LIMITS.bytes) {
    throw new InputError(
      `The repository has ${lines.length} files of ${Math.ceil(
        bytes / 1024 / 1024,
      )} MiB: that is more than an upgrade looks at`,
    );
  }
  const entries = lines.map(line => {
    const [, mode, oid, path] = ENTRY.exec(line) ?? [];
    return { mode, oid, path };
  });
  const blobs = await readBlobs(
    git,
    entries.filter(({ mode }) => mode !== '160000').map(({ oid }) => oid),
  );
  return new Map(
    entries.map(({ mode, oid, path }) => [path, entryOf(mode, oid, blobs)]),
  );
}

/** The contents of blobs, by their hash. */
export async function readBlobs(
  git: Git,
  oids: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  if (oids.length === 0) return new Map();
  const { stdout } = await git(['cat-file', '--batch'], {
    input: [...new Set(oids)].map(oid => Buffer.from(`${oid}\n`)),
  });
  const blobs = new Map<string, Buffer>();
  for (let at = 0; at < stdout.length; ) {
    const end = stdout.indexOf(10, at);
    const [oid, , size] = stdout.toString('latin1', at, end).split(' ');
    at = end + 1 + Number(size);
    blobs.set(oid, stdout.subarray(end + 1, at));
    at += 1;
  }
  return blobs;
}

/** A file of which git has told mode and hash. */
export function entryOf(
  mode: string,
  oid: string,
  blobs: ReadonlyMap<string, Buffer>,
): TreeEntry {
  if (mode === '160000') return { mode, commit: oid };
  const content = blobs.get(oid);
  if (!content) throw new Error(`There is no blob ${oid}`);
  if (mode === '100755' || mode === '120000') return { mode, content };
  return { mode: '100644', content };
}

function split(stdout: Buffer): string[] {
  try {
    return decoder.decode(stdout).split('\0').filter(Boolean);
  } catch {
    throw new InputError('The repository has a file whose name is no UTF-8');
  }
}
