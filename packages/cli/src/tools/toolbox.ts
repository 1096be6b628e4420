import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
} from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { runCommand } from './runCommand';

/** Where the programs that check a repository are. */
export interface Toolbox {
  /** The path of a program, or undefined where this machine has none. */
  find(name: string): string | undefined;
  /** Changes when any program may have changed. */
  readonly key: string;
}

/**
 * Finds programs: the docs builder in its virtual environment, the Go tools as
 * `tools/go` pins them, everything else on the PATH.
 */
export function openToolbox(root: string, env: NodeJS.ProcessEnv): Toolbox {
  const built = builtFolder(root);
  const folders = [
    ...(built ? [built] : []),
    ...(env.PATH ?? '').split(delimiter).filter(Boolean),
    join(root, '.waymark/venv/bin'),
  ];
  return {
    find: name => folders.map(folder => join(folder, name)).find(isProgram),
    key: built ? basename(built) : 'none',
  };
}

/**
 * Builds the Go tools once for each state of `tools/go`.
 *
 * @returns the last lines of a build that failed
 */
export async function buildGoTools(
  root: string,
  say: (text: string) => void,
): Promise<string | undefined> {
  const built = builtFolder(root);
  const go = openToolbox(root, process.env).find('go');
  if (!built || !go) return undefined;
  const missing = goTools(root).filter(
    tool => !isProgram(join(built, programOf(tool))),
  );
  if (missing.length === 0) return undefined;
  mkdirSync(built, { recursive: true });
  for (const tool of missing) {
    say(`building ${programOf(tool)} (once)`);
    const { code, output } = await runCommand(
      go,
      ['build', '-trimpath', '-o', join(built, programOf(tool)), tool],
      { cwd: join(root, 'tools/go') },
    );
    if (code !== 0) return output.trim().split('\n').slice(-3).join('\n');
  }
  return undefined;
}

function builtFolder(root: string): string | undefined {
  const sums = join(root, 'tools/go/go.sum');
  if (!existsSync(sums)) return undefined;
  const hash = createHash('sha256').update(readFileSync(sums)).digest('hex');
  return join(root, '.waymark/tools', hash.slice(0, 16));
}

/** The packages of the `tool` directives in `tools/go/go.mod`. */
function goTools(root: string): string[] {
  const text = readFileSync(join(root, 'tools/go/go.mod'), 'utf8');
  const blocks = [...text.matchAll(/^tool \(\n([^)]*)\)/gm)].flatMap(
    ([, block]) => block.split('\n'),
  );
  const single = [...text.matchAll(/^tool ([^\s(]+)$/gm)].map(
    ([, tool]) => tool,
  );
  return [...blocks.map(line => line.trim()), ...single].filter(Boolean);
}

/** A program is called as its package, a major version left out. */
function programOf(tool: string): string {
  return basename(tool.replace(/\/v\d+$/, ''));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
