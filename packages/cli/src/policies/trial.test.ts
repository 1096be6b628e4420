import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runCommand } from '../tools/runCommand';
import { buildGoTools, openToolbox } from '../tools/toolbox';
import { checkout } from './__testUtils__/rules';
import { compareTargets, makeTargets, writeTargets } from './build';

const LONG = 1_800_000;
const RULE = 'pinned-image';

describe('a rule on trial', () => {
  const root = mkdtempSync(join(tmpdir(), 'waymark-trial-'));
  const read = (file: string) => readFileSync(join(root, file), 'utf8');

  beforeAll(async () => {
    const [failure] = await buildGoTools(
      checkout,
      ['opa', 'conftest'],
      () => {},
    );
    if (failure) throw new Error(failure);
    cpSync(join(checkout, 'policies'), join(root, 'policies'), {
      recursive: true,
    });
    const rule = join(root, 'policies', RULE, 'rule.rego');
    const text = readFileSync(rule, 'utf8');
    const severity = '#   severity: high\n';
    if (!text.includes(severity))
      throw new Error(`Not of high severity: ${rule}`);
    writeFileSync(rule, text.replace(severity, `${severity}#   trial: true\n`));
    // Not even by name.
    const admission = join(root, 'policies/admission.yaml');
    const decided = readFileSync(admission, 'utf8');
    writeFileSync(
      admission,
      decided.replace('rules: {}', `rules: { ${RULE}: deny }`),
    );
    const made = await makeTargets({ root, tools: checkout, say: () => {} });
    writeTargets(root, made, compareTargets({ root }, made));
  }, LONG);

  afterAll(() => rmSync(root, { recursive: true }));

  it('is one in the portal', () => {
    const { rules } = JSON.parse(
      read('plugins/compliance-node/policy/rules.json'),
    ) as { rules: { id: string; trial?: boolean }[] };
    expect(rules.find(({ id }) => id === RULE)?.trial).toBe(true);
    expect(rules.find(({ id }) => id === 'runbook')).not.toHaveProperty(
      'trial',
    );
  });

  it('denies nothing at admission', () => {
    const action = (rule: string) =>
      parse(read(`platform/gatekeeper/constraints/${rule}.yaml`)).spec
        .enforcementAction;
    expect([action(RULE), action('resource-limits')]).toEqual(['warn', 'deny']);
    const actions = (rule: string) =>
      parse(read(`platform/kyverno/policies/${rule}.yaml`)).spec
        .validationActions;
    expect([actions(RULE), actions('resource-limits')]).toEqual([
      ['Audit'],
      ['Deny'],
    ]);
    expect(read('platform/gatekeeper/README.md')).toMatch(
      /`pinned-image` .* warn, on trial /,
    );
  });

  it(
    'warns in pipelines, and fails none',
    async () => {
      const release = join(root, 'release.yaml');
      writeFileSync(
        release,
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'a' },
          spec: { containers: [{ name: 'a', image: 'ghcr.io/tidewater/a' }] },
        }),
      );
      const bundle = join(root, 'platform/conftest');
      const conftest = openToolbox(checkout, process.env).find('conftest')!;
      const args = ['test', '--namespace', 'waymark.rules.pinned_image'];
      const { code, output } = await runCommand(
        conftest,
        [...args, '--combine', '--policy', bundle, '--data', bundle, release],
        { cwd: root },
      );
      expect([code, output]).toEqual([
        0,
        expect.stringMatching(/WARN .*container a runs .* \(on trial\)/),
      ]);
    },
    LONG,
  );
});
