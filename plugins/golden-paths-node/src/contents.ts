import { existsSync } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ConflictError } from '@backstage/errors';

/** A file as the dry run takes it. */
export interface DryRunFile {
  /** Below the template's folder, with forward slashes. */
  path: string;
  base64Content: string;
  /** The dry run itself does not keep it. */
  executable: boolean;
}

/** How much of a template is read. */
export interface ContentLimits {
  files: number;
  /** Of all files together. */
  bytes: number;
}

/** Files of a golden path that no step can ask for. */
const LEFT_OUT = /^(tests\/|template\.yaml$)/;

/**
 * What the dry run is given of a golden path: its folder and, since it has only
 * files below the template, the layers beside that folder as if they lay in it.
 *
 * @throws ConflictError where there is more than the limits allow
 */
export async function dryRunContents(
  folder: string,
  limits: ContentLimits = { files: Infinity, bytes: Infinity },
): Promise<DryRunFile[]> {
  const layers = join(folder, '../_layers');
  const sources = [
    ...(await pathsBelow(folder))
      .filter(path => !LEFT_OUT.test(path))
      .map(path => ({ path, source: join(folder, path) })),
    ...(existsSync(layers) ? await pathsBelow(layers) : []).map(path => ({
      path: `_layers/${path}`,
      source: join(layers, path),
    })),
  ];
  if (sources.length > limits.files) {
    throw new ConflictError(
      `The template has ${sources.length} files, of which at most ${limits.files} are read`,
    );
  }
  const files: DryRunFile[] = [];
  let bytes = 0;
  for (const { path, source } of sources) {
    const { mode, size } = await lstat(source);
    bytes += size;
    if (bytes > limits.bytes) {
      throw new ConflictError(
        `The template's files are larger than ${limits.bytes} bytes together`,
      );
    }
    files.push({
      path,
      base64Content: await readFile(source, 'base64'),
      executable: Boolean(mode & 0o100),
    });
  }
  return files;
}

/** Plain files only: a link may lead out of the folder. */
async function pathsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) =>
      relative(folder, join(parentPath, name)).split(sep).join('/'),
    )
    .sort();
}
