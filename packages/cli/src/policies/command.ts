import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import type { CommandContext } from '../templates/command';
import { tokenAt } from '../portal/session';
import { compareTargets, makeTargets, writeTargets } from './build';
import { POLICIES_OPTIONS } from './definition';
import { readDecided } from './fromPortal';
import { comparePolicies, Pulled, writePolicies } from './pull';

const LAPTOP = 'http://localhost:7007';

const HELP = `Usage: ./waymark policies <build|check|pull> [options]

  build   makes what runs the rules of policies/: in the portal, in pipelines
          and at admission
  check   says what of it is not up to date; changes nothing
  pull    brings home what a portal has decided: policies/exemptions.yaml, and
          rules that are on trial no longer

Options of pull:
  --portal URL  the portal; WAYMARK_URL unless said, or else ${LAPTOP}.
                It is asked as whoever is signed in there, or with WAYMARK_TOKEN
  --dry-run     changes nothing
  --check       changes nothing, and exits with 1 where something would change

  --json  the result for programs
`;

/**
 * `waymark policies …`
 *
 * @returns 0 where all is well, 1 where `check` or `pull --check` found something outdated
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
  const ofPull = [values.portal, values['dry-run'], values.check];
  if (command !== 'pull' && ofPull.some(value => value !== undefined)) {
    throw new InputError(`That is an option of pull.\n${HELP}`);
  }
  if (command === 'pull' && rest.length === 0) {
    const portal = values.portal ?? process.env.WAYMARK_URL ?? LAPTOP;
    const decided = await readDecided(
      portal,
      await tokenAt(portal, process.env),
    );
    const pulled = comparePolicies(root, decided);
    const looking = values['dry-run'] === true || values.check === true;
    if (!looking) writePolicies(root, pulled);
    out(values.json ? asJson(pulled, !looking) : told(pulled, !looking));
    return values.check && pulled.files.size > 0 ? 1 : 0;
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

function asJson({ files, ...pulled }: Pulled, written: boolean): string {
  const result = { written, files: [...files.keys()], ...pulled };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function told(pulled: Pulled, written: boolean): string {
  const { added, changed, removed, promoted, unknown, files } = pulled;
  const lines = [
    ...added.map(one => `+ ${one.rule} for ${one.service} until ${one.until}`),
    ...changed.map(
      one => `~ ${one.rule} for ${one.service} until ${one.until}`,
    ),
    ...removed.map(one => `- ${one.rule} for ${one.service}`),
    ...promoted.map(rule => `✓ ${rule} is on trial no longer`),
    ...unknown.map(rule => `! ${rule} is left out: policies/ has no such rule`),
  ].map(line => `  ${line}\n`);
  if (files.size === 0) {
    lines.push('  ✓ policies/ is what the portal has decided\n');
  } else if (written) {
    lines.push('\n  Run ./waymark policies build and commit.\n');
  } else {
    lines.push('\n  Nothing was changed.\n');
  }
  return lines.join('');
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...POLICIES_OPTIONS,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}
