import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Toolbox } from '../../../tools/toolbox';
import { checkSyntax, checkWorkflow } from '../../checks';
import { PathResult, resultOf } from '../result';
import { checkActions } from '../toolChecks';
import { checkAlerts } from '../tools/rules';
import { Context, Findings, yamlFiles } from '../tools/tool';
import { checkServiceChart } from './chart';
import { checkPolicyRules } from './policies';

/** What `./waymark templates test` calls what all golden paths share. */
export const PLATFORM = 'platform';
/** The programs that it is tested with. */
export const PLATFORM_TOOLS = [
  'actionlint',
  'conftest',
  'helm',
  'kubeconform',
  'opa',
  'promtool',
] as const;
/** Where it lies in the checkout. */
export const PLATFORM_FOLDERS = ['platform', 'policies'] as const;

const WORKFLOWS = 'platform/workflows';
const RULES = 'platform/observability/rules';

/** Tests what all golden paths share: `platform/` and `policies/`. */
export async function testPlatform(
  root: string,
  toolbox: Toolbox,
  update: boolean,
  say: (text: string) => void,
): Promise<PathResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'waymark-platform-'));
  const parts: [string, (context: Context) => Promise<void>][] = [
    ['files can be read', async context => checkFiles(context)],
    ['workflows', checkWorkflows],
    ['the chart of every service', one => checkServiceChart(one, update)],
    ['policies', checkPolicyRules],
    ['rules on alerts', context => checkAlerts(context, RULES)],
  ];
  try {
    return await resultOf(
      PLATFORM,
      parts.map(([title, check], index) => ({
        title,
        work: async () => {
          say(`${PLATFORM} ${index + 1}/${parts.length}: ${title}`);
          const findings: Findings = { problems: [], skipped: [] };
          await check({ root, folder: root, scratch, toolbox, findings });
          return findings;
        },
      })),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function checkFiles({ folder, findings }: Context): void {
  const platform = join(folder, 'platform');
  const files = readdirSync(platform, { recursive: true })
    .map(String)
    .filter(name => /\.(ya?ml|json)$/.test(name))
    .map(
      name =>
        [
          `platform/${name}`,
          readFileSync(join(platform, name), 'utf8'),
        ] as const,
    );
  findings.problems.push(...checkSyntax(new Map(files)));
}

async function checkWorkflows(context: Context): Promise<void> {
  const { folder, findings } = context;
  for (const file of yamlFiles(context, WORKFLOWS)) {
    const text = readFileSync(join(folder, file), 'utf8');
    findings.problems.push(...checkWorkflow(file, text));
  }
  await checkActions(context, WORKFLOWS);
}
