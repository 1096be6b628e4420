import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { runCommand } from '../../tools/runCommand';
import { Toolbox } from '../../tools/toolbox';
import { ToolchainCommand } from '../goldenPath';
import { Inputs } from '../problem';
import { Findings } from './tools/tool';

/** What a made repository's own commands run with. */
export interface Build {
  /** The repository, and its files by path. */
  folder: string;
  files: readonly string[];
  inputs: Inputs;
  toolbox: Toolbox;
  /** Beside the environment of this process; undefined takes a variable out. */
  env: NodeJS.ProcessEnv;
  say(text: string): void;
}

/**
 * Builds, lints and tests a made repository with its own commands, in order; the
 * first that fails ends it, since the next ones build on it.
 */
export async function runToolchain(
  commands: readonly ToolchainCommand[],
  build: Build,
): Promise<Findings> {
  const { folder, inputs, toolbox, say } = build;
  const findings: Findings = { problems: [], skipped: [] };
  const env = { ...process.env, ...build.env };
  for (const one of commands) {
    const { name, command, needs, env: variables, when, place } = one;
    const isMeant = Object.entries(when).every(
      ([answer, value]) => inputs[answer] === value,
    );
    if (!isMeant) continue;
    await toolbox.ready(needs);
    const missing =
      needs.find(program => !toolbox.find(program)) ??
      variables.find(variable => !env[variable]);
    if (missing) {
      findings.skipped.push(`${name} (${missing})`);
      continue;
    }
    say(name);
    const { code, output } = await runCommand('sh', ['-c', command], {
      cwd: folder,
      env: { ...build.env, PATH: pathWith(toolbox, needs) },
    });
    if (code !== 0) {
      const last = output.trim().split('\n').slice(-20).join('\n');
      findings.problems.push({
        check: name,
        ...(placeIn(output, folder, build.files) ?? place),
        message: `${command} ended with ${code}:\n${last}`,
      });
      break;
    }
  }
  return findings;
}

/**
 * Pinned programs are found by the commands, too. What the PATH has stays in its
 * order: npm's own folder may hold an older Node.js than the one to use.
 */
function pathWith(toolbox: Toolbox, needs: readonly string[]): string {
  const path = (process.env.PATH ?? '').split(delimiter);
  const folders = needs
    .map(program => toolbox.find(program))
    .filter(program => program !== undefined)
    .map(program => dirname(program))
    .filter(folder => !path.includes(folder));
  return [...new Set(folders), ...path].join(delimiter);
}

const PLACES = [
  /([\w@.\-/[\]]+\.\w{1,5})[:(]\[?(\d+)/g,
  /File "([^"]+)", line (\d+)/g,
];

/**
 * The first line of a file of the repository that a compiler, linter or test
 * runner names; also by the file's name alone, where only one file has it.
 */
export function placeIn(
  output: string,
  folder: string,
  files: readonly string[],
): { file: string; line: number } | undefined {
  const text = stripVTControlCharacters(output);
  const matches = PLACES.flatMap(pattern => [...text.matchAll(pattern)]);
  for (const [, named, line] of matches.sort((a, b) => a.index - b.index)) {
    const path = named.startsWith(folder)
      ? relative(folder, named)
      : named.replace(/^\.\//, '');
    const found = files.filter(
      file =>
        file === path || file.endsWith(`/${path}`) || basename(file) === path,
    );
    const exact = found.find(file => file === path);
    if (exact) return { file: exact, line: Number(line) };
    if (found.length === 1 && existsSync(join(folder, found[0]))) {
      return { file: found[0], line: Number(line) };
    }
  }
  return undefined;
}
