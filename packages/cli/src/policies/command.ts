import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import type { CommandContext } from '../templates/command';
import { compareTargets, makeTargets, writeTargets } from './build';

const HELP = `Usage: ./waymark policies <build|check> [options]

  build   makes what runs the rules of policies/: in the portal, in pipelines
          and at admission
  check   says what of it is not up to date; changes nothing

  --json  the result for programs
`;

/**
 * `waymark policies …`
 *
 * @returns 0 where all is well, 1 where `check` found something outdated
 * @throws InputError, NotFoundError where it could not run
 */
export async function policiesCommand(
  args: string[],
  { root, out, progress }: CommandContext,
): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [command, ...rest] = positionals;
  if (values.help || !command) {
    out(HELP);
    return command || values.help ? 0 : 2;
  }
  if (!['build', 'check'].includes(command) || rest.length > 0) {
    throw new InputError(
      `There is no policies ${positionals.join(' ')}.\n${HELP}`,
    );
  }
  const made = await makeTargets({ root, say: progress });
  const outdated = compareTargets({ root }, made);
  const building = command === 'build';
  if (building) writeTargets(root, made, outdated);
  if (values.json) {
    out(`${JSON.stringify({ files: made.size, outdated }, null, 2)}\n`);
  } else if (outdated.length === 0) {
    out(`  ✓ ${made.size} files are what policies/ makes\n`);
  } else {
    for (const { file, state } of outdated) {
      out(building ? `  ✓ ${file}\n` : `  ✗ ${file}: ${state}\n`);
    }
    if (!building) out('\n  Run ./waymark policies build and commit.\n');
  }
  return building || outdated.length === 0 ? 0 : 1;
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}
