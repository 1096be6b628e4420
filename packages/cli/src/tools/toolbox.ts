import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { GoModule, goModules } from './goModules';
import { runCommand } from './runCommand';

/** Where the programs that check a repository are. */
export interface Toolbox {
  /** The path of a program, or undefined where this machine has none. */
  find(name: string): string | undefined;
  /** Changes when any pinned program may have changed. */
  readonly key: string;
}

const PROGRESS_EVERY_MS = 15_000;

/**
 * Finds programs: the Go tools as `tools/` pins them, everything else on the
 * PATH, and the docs builder in its virtual environment.
 */
export function openToolbox(root: string, env: NodeJS.ProcessEnv): Toolbox {
  const modules = goModules(root);
  const folders = [
    ...modules.map(({ built }) => built),
    ...(env.PATH ?? '').split(delimiter).filter(Boolean),
    ...(hasDocsBuilder(root) ? [join(root, '.waymark/venv/bin')] : []),
  ];
  return {
    find: name => folders.map(folder => join(folder, name)).find(isProgram),
    key: modules.map(({ built }) => basename(built)).join(','),
  };
}

/**
 * Builds the Go tools that are asked for, once for each state of their module.
 * Without Go on the machine nothing is built, and checks name what they lack.
 *
 * @param wanted - programs by name; others are left alone
 * @returns what could not be built, with the last lines that Go said
 */
export async function buildGoTools(
  root: string,
  wanted: Iterable<string>,
  say: (text: string) => void,
): Promise<string[]> {
  const go = openToolbox(root, process.env).find('go');
  if (!go) return [];
  const names = new Set(wanted);
  const failures: string[] = [];
  for (const module of goModules(root)) {
    const missing = [...module.programs.keys()].filter(
      name => names.has(name) && !isProgram(join(module.built, name)),
    );
    if (missing.length === 0) continue;
    const failure = await build(go, module, missing, say);
    if (failure) failures.push(`${missing.join(', ')}: ${failure}`);
  }
  return failures;
}

/** All programs of a module in one run of Go, which spreads it over the cores. */
async function build(
  go: string,
  { folder, built, programs }: GoModule,
  missing: string[],
  say: (text: string) => void,
): Promise<string | undefined> {
  const making = join(built, `.making-${process.pid}`);
  mkdirSync(making, { recursive: true });
  say(`building ${missing.join(', ')} (once, may take minutes)`);
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const progress = setInterval(() => {
    const left = missing.filter(name => !isProgram(join(making, name)));
    say(`still building ${left.join(', ')} (${seconds()} s)`);
  }, PROGRESS_EVERY_MS);
  try {
    const { code, output } = await runCommand(
      go,
      [
        'build',
        '-trimpath',
        '-buildvcs=false',
        '-ldflags=-s -w',
        '-o',
        `${making}/`,
        ...missing.map(name => programs.get(name)!),
      ],
      // The Go that is here; no other is fetched behind the user's back.
      {
        cwd: folder,
        env: { GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off' },
      },
    );
    if (code !== 0) return output.trim().split('\n').slice(-3).join('\n');
    for (const name of missing) {
      renameSync(join(making, name), join(built, name));
    }
    say(`built ${missing.join(', ')} (${seconds()} s)`);
    return undefined;
  } finally {
    clearInterval(progress);
    rmSync(making, { recursive: true, force: true });
  }
}

/** Without Python, what is called mkdocs there only says how to get it. */
function hasDocsBuilder(root: string): boolean {
  return existsSync(join(root, '.waymark/venv/.waymark'));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
