import { mkdirSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { StartError } from '../fail';
import { exportPlatform } from '../platform/export';
import { readPlatform } from '../platform/files';
import { CommandContext } from './context';

/**
 * `waymark platform export DIR`: writes the tree of the platform's repository,
 * for an organisation to push as its own.
 */
export async function platform(
  { layout }: CommandContext,
  [action, folder, ...rest]: string[],
): Promise<number> {
  if (action !== 'export' || !folder || rest.length > 0) {
    throw new StartError(
      'The command is ./waymark platform export DIR.',
      'DIR is a clone of your own platform repository, or a new folder.',
    );
  }
  const target = resolve(folder);
  if (!relative(layout.root, target).startsWith('..')) {
    throw new StartError(
      `${target} lies inside this checkout.`,
      'Name a folder outside of it.',
    );
  }
  mkdirSync(target, { recursive: true });
  const { written, unchanged, others } = exportPlatform(
    await readPlatform(layout.root),
    target,
  );
  process.stdout.write(
    [
      `${target}: ${written} files written, ${unchanged} as they were.`,
      ...(others.length > 0 ? ['Not of this checkout, and left alone:'] : []),
      ...others.map(path => `  ${path}`),
      '',
    ].join('\n'),
  );
  return 0;
}
