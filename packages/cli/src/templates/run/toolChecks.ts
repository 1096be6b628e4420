import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineAt, Problem } from '../problem';
import { BUNDLE_TOOLS } from './tools/bundle';
import { checkCharts } from './tools/charts';
import { CaseResult } from './result';
import { checkAlerts, checkSlo } from './tools/rules';
import { Context, Findings, tool, yamlFiles } from './tools/tool';

const CHECKS: {
  needs: readonly string[];
  check(context: Context): Promise<void>;
}[] = [
  {
    needs: ['actionlint'],
    check: context => checkActions(context, '.github/workflows'),
  },
  { needs: ['helm', 'kubeconform', 'conftest'], check: checkCharts },
  { needs: ['promtool'], check: context => checkAlerts(context) },
  { needs: ['sloth'], check: checkSlo },
  { needs: ['mkdocs'], check: checkDocs },
];

/** The programs that a made repository is checked with. */
export const TOOLS: readonly string[] = [
  ...BUNDLE_TOOLS,
  ...CHECKS.flatMap(({ needs }) => needs),
];

/**
 * Runs every tool that has something to look at in a made repository.
 *
 * @param inTurn - begins a check, which is not before its tools are built
 */
export function runToolChecks(
  context: Omit<Context, 'findings'>,
  inTurn: (work: () => Promise<Findings>) => Promise<CaseResult>,
): Promise<CaseResult[]> {
  return Promise.all(
    CHECKS.map(async ({ needs, check }) => {
      await context.toolbox.ready(needs);
      return inTurn(async () => {
        const findings: Findings = { problems: [], skipped: [] };
        await check({ ...context, findings });
        return findings;
      });
    }),
  );
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
