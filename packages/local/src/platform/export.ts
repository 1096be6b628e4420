import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { PlatformFile } from './files';

/** What an export did. */
export interface Exported {
  written: number;
  unchanged: number;
  /** Files of the same folders that the checkout does not have. */
  others: string[];
}

/**
 * Writes the tree of the platform's repository into a folder. What else is
 * there stays, so that an organisation keeps what it added.
 */
export function exportPlatform(
  files: PlatformFile[],
  folder: string,
): Exported {
  const changed = files.filter(file => !isThere(file, folder));
  for (const { path, content, executable } of changed) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    chmodSync(target, executable ? 0o755 : 0o644);
  }
  const ours = new Set(files.map(({ path }) => path));
  return {
    written: changed.length,
    unchanged: files.length - changed.length,
    others: foldersOf(files)
      .flatMap(name => filesBelow(join(folder, name)))
      .map(path => relative(folder, path).split(sep).join('/'))
      .filter(path => !ours.has(path))
      .sort(),
  };
}

function isThere({ path, content, executable }: PlatformFile, folder: string) {
  const target = join(folder, path);
  return (
    existsSync(target) &&
    readFileSync(target).equals(content) &&
    Boolean(statSync(target).mode & 0o100) === executable
  );
}

function foldersOf(files: PlatformFile[]): string[] {
  const names = files
    .filter(({ path }) => path.includes('/'))
    .map(({ path }) => path.slice(0, path.indexOf('/')));
  return [...new Set(names)];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}
