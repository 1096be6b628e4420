import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { render } from '../tools/charts';
import { checkPolicies } from '../tools/policies';
import { Release } from '../tools/release';
import { checkSchemas } from '../tools/schemas';
import { Context, tool, yamlFiles } from '../tools/tool';

const NAME = 'service';
const CHART = `platform/charts/${NAME}`;
const TESTS = `${CHART}/tests`;
/** The release in the golden files. */
const RELEASE = 'example';
const NAMESPACE = 'delivery';

/**
 * That the chart of every service makes what was reviewed, which Kubernetes and
 * the policies take, and refuses what it must.
 *
 * @param update - writes the golden files instead of comparing with them
 */
export async function checkServiceChart(
  context: Context,
  update: boolean,
): Promise<void> {
  const { folder, scratch } = context;
  const releases: Release[] = [];
  for (const values of yamlFiles(context, TESTS)) {
    const release = Release.of(folder, values, scratch, CHART);
    const command = {
      release: RELEASE,
      namespace: NAMESPACE,
      chart: join(folder, CHART),
      values: join(folder, values),
    };
    if (await render(context, NAME, command, release)) {
      releases.push(release);
      checkGoldenFile(context, values, release, update);
    }
  }
  await checkSchemas(context, releases);
  await checkPolicies(context, releases);
  for (const values of yamlFiles(context, `${TESTS}/invalid`)) {
    await checkRefused(context, values);
  }
}

function checkGoldenFile(
  { folder, findings }: Context,
  values: string,
  { manifests }: Release,
  update: boolean,
): void {
  const file = `${TESTS}/golden/${basename(values)}`;
  const golden = join(folder, file);
  const made = readFileSync(manifests, 'utf8');
  if (update) {
    writeFileSync(golden, made);
    return;
  }
  const expected = existsSync(golden) ? readFileSync(golden, 'utf8') : '';
  if (expected === made) return;
  const lines = expected.split('\n');
  const now = made.split('\n');
  const at = lines.findIndex((line, index) => line !== now[index]);
  const index = at < 0 ? lines.length : at;
  findings.problems.push({
    check: 'golden',
    file,
    line: index + 1,
    message: `has "${lines[index]?.trim() ?? ''}" where the chart makes "${
      now[index]?.trim() ?? ''
    }": look it over, then --update`,
  });
}

async function checkRefused(context: Context, file: string): Promise<void> {
  const { skipped } = context.findings;
  const ended = await tool(
    { ...context, findings: { problems: [], skipped } },
    'helm',
    ['template', RELEASE, CHART, '--values', file],
  );
  if (ended?.code !== 0) return;
  context.findings.problems.push({
    check: 'helm',
    file,
    line: 1,
    message: 'the chart takes these values, which it must refuse',
  });
}
