import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { Context } from '../commands/Context';
import { HELP_OPTION, parse } from '../commands/definition';
import { helpOf } from '../commands/help';
import { CLI, CLI_PACK } from './definition';
import { pack } from './pack';

/** `./waymark cli pack` */
export async function cliCommand(
  [command, ...args]: string[],
  { root, cwd, out }: Context & { root: string },
): Promise<number> {
  const asksHelp = [command, ...args].some(
    arg => arg === '--help' || arg === `-${HELP_OPTION.help.short}`,
  );
  if (asksHelp || command === undefined) {
    out(
      command === 'pack'
        ? helpOf(CLI_PACK, ['cli', 'pack'])
        : helpOf(CLI, ['cli']),
    );
    return asksHelp ? 0 : 2;
  }
  if (command !== 'pack') throw new InputError(`There is no cli ${command}.`);
  const { values, positionals } = parse(CLI_PACK, args);
  if (positionals.length > 0) {
    throw new InputError(
      `${positionals[0]} is too much: --out names the file.`,
    );
  }
  const file = values.out
    ? resolve(cwd, values.out)
    : join(root, 'packages/cli/dist/waymark.mjs');
  const version = versionOf(root);
  const bytes = await pack(root, file, version);
  out(
    values.json
      ? `${JSON.stringify({ file, version, bytes }, null, 2)}\n`
      : `${relative(cwd, file)}: waymark ${version}, ${(
          bytes / 1_000_000
        ).toFixed(1)} MB\n`,
  );
  return 0;
}

/** Of the package, and the commit where it is known. */
function versionOf(root: string): string {
  const { version } = z
    .object({ version: z.string() })
    .parse(
      JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')),
    );
  try {
    const commit = execFileSync(
      'git',
      ['-C', root, 'rev-parse', '--short=12', 'HEAD'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    ).trim();
    return `${version}+${commit}`;
  } catch {
    // Unpacked from an archive, there is none.
    return version;
  }
}
