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
  /** Ends when none of these programs is being built, whether it is there or not. */
  ready(names: Iterable<string>): Promise<void>;
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
    ...onPath(env),
    ...(hasDocsBuilder(root) ? [join(root, '.waymark/venv/bin')] : []),
  ];
  return {
    find: name => findIn(folders, name),
    ready: async () => {},
    key: modules.map(({ built }) => basename(built)).join(','),
  };
}

/** A program of this machine alone. */
export function findOnPath(
  name: string,
  env: NodeJS.ProcessEnv,
): string | undefined {
  return findIn(onPath(env), name);
}

function findIn(folders: readonly string[], name: string) {
  return folders.map(folder => join(folder, name)).find(isProgram);
}

function onPath(env: NodeJS.ProcessEnv): string[] {
  return (env.PATH ?? '').split(delimiter).filter(Boolean);
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
  const failures: string[] = [];
  for (const { run } of buildsOf(root, [...wanted])) {
    failures.push(...(await run(say)));
  }
  return failures;
}

/** Go tools that could be built on this machine and are not. */
export function unbuiltGoTools(
  root: string,
  wanted: readonly string[],
): string[] {
  return buildsOf(root, wanted).flatMap(({ programs }) => programs);
}

/**
 * Builds Go tools while others work: what needs one waits for it alone.
 *
 * @param wanted - programs by name, each as often as it is wanted: what most
 *   wait for is built first
 * @param inTurn - begins the builds, which are one after the other
 * @returns besides the tools, what could not be built, at the end
 */
export function openToolboxBuilding(
  root: string,
  wanted: readonly string[],
  inTurn: (work: () => Promise<void>) => Promise<void>,
  say: (text: string) => void,
): { toolbox: Toolbox; built: Promise<string[]> } {
  const demand = (programs: readonly string[]) =>
    wanted.filter(name => programs.includes(name)).length;
  const builds = buildsOf(root, wanted)
    .sort((one, other) => demand(other.programs) - demand(one.programs))
    .map(one => ({ ...one, ended: deferred() }));
  const failures: string[] = [];
  const work = async () => {
    for (const { programs, run, ended } of builds) {
      try {
        failures.push(...(await run(say)));
      } catch (error) {
        failures.push(`${programs.join(', ')}: ${(error as Error).message}`);
      }
      ended.resolve();
    }
  };
  return {
    toolbox: {
      ...openToolbox(root, process.env),
      async ready(names) {
        const needed = new Set(names);
        await Promise.all(
          builds
            .filter(({ programs }) => programs.some(name => needed.has(name)))
            .map(({ ended }) => ended.promise),
        );
      },
    },
    built: (builds.length > 0 ? inTurn(work) : work()).then(() => failures),
  };
}

/** What of the programs asked for is still to be built, by module. */
function buildsOf(root: string, wanted: readonly string[]) {
  const go = openToolbox(root, process.env).find('go');
  if (!go) return [];
  return goModules(root)
    .map(module => ({
      module,
      programs: [...module.programs.keys()].filter(
        name => wanted.includes(name) && !isProgram(join(module.built, name)),
      ),
    }))
    .filter(({ programs }) => programs.length > 0)
    .map(({ module, programs }) => ({
      programs,
      run: (say: (text: string) => void) => build(go, module, programs, say),
    }));
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

/**
 * All programs of a module in one run of Go, which spreads it over the cores.
 *
 * @returns where they could not be built, their names and Go's last lines
 */
async function build(
  go: string,
  { folder, built, programs }: GoModule,
  missing: string[],
  say: (text: string) => void,
): Promise<string[]> {
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
    if (code !== 0) {
      const last = output.trim().split('\n').slice(-3).join('\n');
      say(`could not build ${missing.join(', ')} (${seconds()} s)`);
      return [`${missing.join(', ')}: ${last}`];
    }
    for (const name of missing) {
      renameSync(join(making, name), join(built, name));
    }
    say(`built ${missing.join(', ')} (${seconds()} s)`);
    return [];
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
