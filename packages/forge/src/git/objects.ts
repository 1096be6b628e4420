import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatCommit, Signature } from './commit';
import { GitRepository } from './repository';

/** A change of one path of a tree. A null sha removes it. */
export interface TreeEdit {
  path: string;
  mode: string;
  sha: string | null;
}

/** Stores a blob and returns its id. */
export function writeBlob(
  repository: GitRepository,
  content: Buffer,
): Promise<string> {
  return repository.text(['hash-object', '-w', '--stdin'], { input: content });
}

/** Stores a commit and returns its id. */
export function writeCommit(
  repository: GitRepository,
  commit: {
    tree: string;
    parents: string[];
    author: Signature;
    committer: Signature;
    message: string;
    signature?: string;
  },
): Promise<string> {
  return repository.text(['hash-object', '-w', '-t', 'commit', '--stdin'], {
    input: formatCommit(commit),
  });
}

/**
 * Stores the tree that comes of applying edits to a tree (or to nothing) and
 * returns its id. Paths must have passed `isTreePath`.
 */
export async function writeTree(
  repository: GitRepository,
  base: string | undefined,
  edits: TreeEdit[],
): Promise<string> {
  const index = join(
    repository.dir,
    `forge-index-${randomBytes(8).toString('hex')}`,
  );
  const env = { GIT_INDEX_FILE: index };
  try {
    await repository.run(
      base ? ['read-tree', base] : ['read-tree', '--empty'],
      {
        env,
      },
    );
    const files = edits.filter(edit => edit.mode !== '040000');
    const input = files.map(edit =>
      edit.sha === null
        ? `0 ${'0'.repeat(40)}\t${edit.path}\0`
        : `${edit.mode} ${edit.sha}\t${edit.path}\0`,
    );
    await repository.run(['update-index', '-z', '--index-info'], {
      env,
      input: input.join(''),
    });
    for (const { path, sha } of edits.filter(edit => edit.mode === '040000')) {
      await removeFolder(repository, env, path);
      if (sha !== null) {
        await repository.run(['read-tree', `--prefix=${path}/`, sha], { env });
      }
    }
    return await repository.text(['write-tree'], { env });
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}

async function removeFolder(
  repository: GitRepository,
  env: Record<string, string>,
  path: string,
): Promise<void> {
  const { stdout } = await repository.run(
    ['ls-files', '-z', '--cached', '--', `:(literal)${path}`],
    { env },
  );
  const names = stdout.toString('utf8').split('\0').filter(Boolean);
  await repository.run(['update-index', '-z', '--index-info'], {
    env,
    input: names.map(name => `0 ${'0'.repeat(40)}\t${name}\0`).join(''),
  });
}
