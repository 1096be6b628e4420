import { execFile } from 'node:child_process';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FactsError } from './FactsError';

/** The files of a repository, wherever it is. */
export interface FileSource {
  /** Paths below the root with forward slashes; no folders, no links. */
  list(): Promise<readonly string[]>;
  /** What a file holds; undefined where that is more than so many bytes. */
  read(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
}

/** The most files of a repository that facts are made of. */
export const MOST_FILES = 20_000;

const SKIPPED = new Set(['.git', 'node_modules']);

/**
 * A folder on this machine: in a working tree of Git what Git does not ignore,
 * elsewhere everything but `.git` and `node_modules`. Links are not followed.
 */
export function folderSource(root: string): FileSource {
  return {
    list: async () => {
      const listed = (await listByGit(root)) ?? (await listByWalk(root));
      const files = await Promise.all(
        listed.map(async path => {
          const stats = await lstat(join(root, path)).catch(() => undefined);
          return stats?.isFile() ? [path] : [];
        }),
      );
      return files.flat().sort();
    },
    read: async (path, maxBytes) => {
      const file = await open(join(root, path));
      try {
        const { size } = await file.stat();
        return size > maxBytes ? undefined : await file.readFile();
      } finally {
        await file.close();
      }
    },
  };
}

/** Files in memory, such as those of an archive. */
export function memorySource(
  files: Readonly<Record<string, string | Uint8Array>>,
): FileSource {
  const contents = new Map(Object.entries(files));
  return {
    list: async () => [...contents.keys()].sort(),
    read: async (path, maxBytes) => {
      const content = contents.get(path);
      if (content === undefined) throw new FactsError(`There is no ${path}.`);
      const bytes = Buffer.from(content);
      return bytes.length > maxBytes ? undefined : bytes;
    },
  };
}

async function listByGit(root: string): Promise<string[] | undefined> {
  try {
    const { stdout } = await promisify(execFile)(
      'git',
      ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
    );
    return [...new Set(stdout.split('\0').filter(Boolean))];
  } catch {
    return undefined;
  }
}

async function listByWalk(root: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [''];
  while (folders.length > 0 && found.length <= MOST_FILES) {
    const folder = folders.shift()!;
    for (const entry of await readdir(join(root, folder), {
      withFileTypes: true,
    })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isFile()) found.push(path);
      else if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        folders.push(path);
      }
    }
  }
  return found;
}
