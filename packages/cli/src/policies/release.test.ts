import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  judge,
  loadBundle,
  memorySource,
  readRepositoryFacts,
  renderReleases,
  WasmPolicyEngine,
} from '@waymark/backstage-plugin-compliance-node';
import { parse, stringify } from 'yaml';
import { buildGoTools, openToolbox } from '../tools/toolbox';
import { checkout } from './__testUtils__/rules';

const CHARTS = join(checkout, 'platform/charts');
const TODAY = '2026-11-21';

/** A repository whose chart depends on the platform's. */
function repository(template: Record<string, string> = {}) {
  const read = (file: string) =>
    parse(readFileSync(join(CHARTS, 'service', file), 'utf8'));
  const { version } = read('Chart.yaml');
  return memorySource({
    'chart/Chart.yaml': stringify({
      apiVersion: 'v2',
      name: 'shop',
      version: '0.1.0',
      dependencies: [{ name: 'service', version, repository: 'oci://x' }],
    }),
    'chart/values.yaml': stringify({ service: read('tests/least.yaml') }),
    'chart/env/production.yaml': '{}\n',
    'chart/env/staging.yaml': '{}\n',
    ...template,
  });
}

describe('a release of the platform’s chart', () => {
  let helm: string;
  beforeAll(async () => {
    await buildGoTools(checkout, ['helm'], () => {});
    helm = openToolbox(checkout, process.env).find('helm')!;
  }, 600_000);

  const judged = async (source: ReturnType<typeof repository>) => {
    const facts = {
      apiVersion: 'waymark.dev/v1' as const,
      kind: 'Facts' as const,
      repository: await readRepositoryFacts(source),
      manifest: await renderReleases(source, { helm, charts: [CHARTS] }),
    };
    const bundle = await loadBundle();
    const engine = await WasmPolicyEngine.create(bundle, { timeoutMs: 30_000 });
    const report = await engine.evaluate(facts, TODAY);
    await engine.close();
    const rules = bundle.index.rules.filter(
      ({ input }) => input === 'manifest',
    );
    return judge({ rules, report, facts, today: TODAY });
  };

  it('keeps to every rule on manifests', async () => {
    const verdicts = await judged(repository());
    expect(verdicts.length).toBeGreaterThanOrEqual(14);
    expect(verdicts.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  }, 120_000);

  it('is led to the line of its own template that does not', async () => {
    const verdicts = await judged(
      repository({
        'chart/templates/job.yaml': [
          'apiVersion: batch/v1',
          'kind: Job',
          'metadata:',
          '  name: {{ .Release.Name }}-import',
          'spec:',
          '  template:',
          '    spec:',
          '      containers:',
          '        - name: import',
          '          image: ghcr.io/tidewater/import:latest',
          '',
        ].join('\n'),
      }),
    );
    const pinned = verdicts.find(({ rule }) => rule === 'pinned-image');
    expect(pinned).toMatchObject({
      outcome: 'fail',
      findings: [{ file: 'chart/templates/job.yaml', line: 10 }],
    });
  }, 120_000);

  it('looks up no name and asks no cluster', async () => {
    const { releases } = await renderReleases(
      repository({
        'chart/templates/map.yaml':
          'kind: ConfigMap\ndata:\n  address: {{ getHostByName "localhost" | quote }}\n  found: {{ lookup "v1" "Secret" "" "" | toJson | quote }}\n',
      }),
      { helm, charts: [CHARTS] },
    );
    const [{ objects, templates = [] }] = releases;
    const map = objects[templates.indexOf('chart/templates/map.yaml')];
    expect(map.data).toEqual({ address: '', found: '{}' });
  }, 120_000);
});
