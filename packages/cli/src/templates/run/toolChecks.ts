import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ended, runCommand } from '../../tools/runCommand';
import { Toolbox } from '../../tools/toolbox';
import { Problem } from '../problem';

/** The programs that a made repository is checked with. */
export const TOOLS = [
  'actionlint',
  'conftest',
  'helm',
  'kubeconform',
  'mkdocs',
  'promtool',
  'sloth',
] as const;

/** What the tools found, and which of them this machine lacks. */
export interface Findings {
  problems: Problem[];
  /** By name. */
  skipped: string[];
}

interface Context {
  root: string;
  /** The made repository. */
  folder: string;
  toolbox: Toolbox;
  findings: Findings;
}

/**
 * Runs every tool that has something to look at in a made repository.
 *
 * @param work - holds the repository as `service`; what the tools make is put
 * beside it
 */
export async function runToolChecks(
  root: string,
  work: string,
  toolbox: Toolbox,
): Promise<Findings> {
  const folder = join(work, 'service');
  const findings: Findings = { problems: [], skipped: [] };
  const context: Context = { root, folder, toolbox, findings };
  await actionlint(context);
  await charts(context);
  await rules(context);
  await docs(context);
  return findings;
}

async function actionlint(context: Context) {
  const workflows = yamlFiles(context, '.github/workflows');
  if (workflows.length === 0) return;
  await tool(
    context,
    'actionlint',
    ['-no-color', '-oneline', '-shellcheck=', '-pyflakes=', ...workflows],
    /^(?<file>[^:\n]+):(?<line>\d+):\d+: (?<message>.+)$/gm,
  );
}

async function charts(context: Context) {
  const { folder, findings, root } = context;
  if (!existsSync(join(folder, 'chart/Chart.yaml'))) return;
  const out = '../rendered';
  mkdirSync(join(folder, out), { recursive: true });
  const rendered: string[] = [];
  for (const values of yamlFiles(context, 'chart/env')) {
    const lint = await tool(
      context,
      'helm',
      ['lint', '--strict', '--quiet', 'chart', '--values', values],
      /^\[(?:ERROR|WARNING)\] (?<file>[^:\n]+): (?<message>.+)$/gm,
      'chart/',
    );
    if (!lint) break;
    if (lint.code !== 0) continue;
    const made = await tool(
      context,
      'helm',
      ['template', 'service', 'chart', '--values', values],
      /\((?<file>[^:()]+):(?<line>\d+):\d+\): (?<message>.+)$/gm,
    );
    if (made?.code !== 0) continue;
    const file = `${out}/${values.replace(/\W+/g, '-')}.yaml`;
    writeFileSync(join(folder, file), made.output);
    rendered.push(file);
  }
  if (rendered.length > 0) {
    const schemas = join(root, 'tools/kubernetes-schemas/schemas');
    if (existsSync(schemas)) {
      const location = `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`;
      await tool(context, 'kubeconform', [
        '-strict',
        '-schema-location',
        location,
        ...rendered,
      ]);
    } else findings.skipped.push('kubeconform (no local schemas)');
  }
  if (existsSync(join(folder, 'policy'))) {
    await tool(context, 'conftest', ['verify', '--policy', 'policy']);
    if (rendered.length > 0) {
      await tool(context, 'conftest', [
        'test',
        '--policy',
        'policy',
        ...rendered,
      ]);
    }
  }
}

async function rules(context: Context) {
  const files = yamlFiles(context, 'monitoring');
  const tests = files.filter(file => /_test\.ya?ml$/.test(file));
  const alerts = files.filter(file => !tests.includes(file));
  const pattern =
    /^\s*(?<file>[\w./-]+\.ya?ml):(?:(?<line>\d+):\d+:)? (?<message>.+)$/gm;
  if (alerts.length > 0) {
    await tool(context, 'promtool', ['check', 'rules', ...alerts], pattern);
  }
  if (tests.length > 0) {
    await tool(context, 'promtool', ['test', 'rules', ...tests], pattern);
  }
}

async function docs(context: Context) {
  if (!existsSync(join(context.folder, 'mkdocs.yml'))) return;
  await tool(
    context,
    'mkdocs',
    ['build', '--strict', '--quiet', '--site-dir', '../site'],
    /^(?:WARNING|ERROR)\s+-\s+(?:Doc file '(?<file>[^']+)')?(?<message>.+)$/gm,
    'docs/',
  );
}

/**
 * Runs one tool and turns what it says into problems.
 *
 * @param pattern - finds file, line and message; what does not match is told
 * whole
 * @returns how it ended, or undefined where there is no such tool
 */
async function tool(
  { toolbox, folder, findings }: Context,
  name: string,
  args: string[],
  pattern?: RegExp,
  prefix = '',
): Promise<Ended | undefined> {
  const program = toolbox.find(name);
  if (!program) {
    if (!findings.skipped.includes(name)) findings.skipped.push(name);
    return undefined;
  }
  const ended = await runCommand(program, args, { cwd: folder });
  if (ended.code !== 0) {
    findings.problems.push(
      ...readProblems(name, ended.output, pattern, prefix),
    );
  }
  return ended;
}

/** What a tool that failed says, as problems; never none. */
export function readProblems(
  check: string,
  output: string,
  pattern?: RegExp,
  prefix = '',
): Problem[] {
  const found = pattern
    ? [...output.matchAll(pattern)].map(({ groups }) => ({
        check,
        ...(groups?.file && {
          file: groups.file.startsWith(prefix)
            ? groups.file
            : `${prefix}${groups.file}`,
        }),
        ...(groups?.line && { line: Number(groups.line) }),
        message: (groups?.message ?? '').trim(),
      }))
    : [];
  if (found.length > 0) return found;
  const text = output.trim().split('\n').slice(-12).join('\n');
  return [{ check, message: text || 'failed and said nothing' }];
}

function yamlFiles({ folder }: Context, below: string): string[] {
  const path = join(folder, below);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
    .map(name => `${below}/${name}`);
}
