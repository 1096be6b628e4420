import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ended, runCommand } from '../../../tools/runCommand';
import { Toolbox } from '../../../tools/toolbox';
import { Problem } from '../../problem';

/** What the tools found, and which of them this machine lacks. */
export interface Findings {
  problems: Problem[];
  /** By name. */
  skipped: string[];
}

/** Where a tool looks, and where its findings go. */
export interface Context {
  /** The checkout. */
  root: string;
  /** What is looked at: a made repository, or the checkout itself. */
  folder: string;
  /** A folder that is thrown away afterwards. */
  scratch: string;
  toolbox: Toolbox;
  findings: Findings;
}

/** How a tool's words become problems. */
export interface Reading {
  /** What a report calls the check; otherwise the tool's name. */
  check?: string;
  /** Finds `file`, `line` and `message`; what does not match is told whole. */
  pattern?: RegExp;
  read?(output: string): Problem[];
}

/**
 * Runs one tool, once it is built, and turns what it says into problems.
 *
 * @returns how it ended, or undefined where there is no such tool
 */
export async function tool(
  { toolbox, folder, findings }: Context,
  name: string,
  args: string[],
  { check = name, pattern, read }: Reading = {},
): Promise<Ended | undefined> {
  await toolbox.ready([name]);
  const program = toolbox.find(name);
  if (!program) {
    if (!findings.skipped.includes(name)) findings.skipped.push(name);
    return undefined;
  }
  const ended = await runCommand(program, args, { cwd: folder });
  if (ended.code !== 0) {
    const problems = attempt(read, ended.output);
    findings.problems.push(
      ...(problems.length > 0
        ? problems
        : readProblems(check, ended.output, pattern)),
    );
  }
  return ended;
}

/** A tool that broke down does not say it in its own format. */
function attempt(read: Reading['read'], output: string): Problem[] {
  try {
    return read?.(output) ?? [];
  } catch {
    return [];
  }
}

/** What a tool that failed says, as problems; never none. */
export function readProblems(
  check: string,
  output: string,
  pattern?: RegExp,
): Problem[] {
  const found = pattern
    ? [...output.matchAll(pattern)].map(({ groups }) => ({
        check,
        ...(groups?.file && { file: groups.file }),
        ...(groups?.line && { line: Number(groups.line) }),
        message: (groups?.message ?? '').trim(),
      }))
    : [];
  if (found.length > 0) return found;
  const text = output.trim().split('\n').slice(-12).join('\n');
  return [{ check, message: text || 'failed and said nothing' }];
}

/** The YAML files that lie directly in a folder. */
export function yamlFiles({ folder }: Context, below: string): string[] {
  const path = join(folder, below);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
    .map(name => `${below}/${name}`);
}
