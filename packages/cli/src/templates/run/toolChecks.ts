import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineAt, Problem } from '../problem';
import { checkCharts } from './tools/charts';
import { checkRules } from './tools/rules';
import { Context, tool, yamlFiles } from './tools/tool';

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

/** Runs every tool that has something to look at in a made repository. */
export async function runToolChecks(context: Context): Promise<void> {
  await Promise.all([
    checkActions(context, '.github/workflows'),
    checkCharts(context),
    checkRules(context),
    checkDocs(context),
  ]);
}

/** Workflows by actionlint. */
export async function checkActions(
  context: Context,
  below: string,
): Promise<void> {
  const workflows = yamlFiles(context, below);
  if (workflows.length === 0) return;
  await tool(
    context,
    'actionlint',
    ['-no-color', '-oneline', '-shellcheck=', '-pyflakes=', ...workflows],
    { pattern: /^(?<file>[^:\n]+):(?<line>\d+):\d+: (?<message>.+)$/gm },
  );
}

async function checkDocs(context: Context) {
  const { folder, scratch } = context;
  if (!existsSync(join(folder, 'mkdocs.yml'))) return;
  await tool(
    context,
    'mkdocs',
    // Not --quiet: it also keeps --strict from seeing the warnings.
    ['build', '--strict', '--site-dir', join(scratch, 'site')],
    { read: output => readMkdocs(output, folder) },
  );
}

/** mkdocs names the page and quotes what is wrong with it. */
function readMkdocs(output: string, folder: string): Problem[] {
  const words =
    /^(?:WARNING|ERROR)\s+-\s+(?:Doc file '(?<page>[^']+)' )?(?<message>.+)$/gm;
  return [...output.matchAll(words)].map(({ groups }) => {
    const { page, message } = groups as { page?: string; message: string };
    const file = page ? `docs/${page}` : 'mkdocs.yml';
    const [, quoted] = /'([^']+)'/.exec(message) ?? [];
    const text = readFileSync(join(folder, file), 'utf8');
    const at = quoted ? text.indexOf(quoted) : 0;
    return {
      check: 'mkdocs',
      file,
      line: lineAt(text, Math.max(at, 0)),
      message,
    };
  });
}
