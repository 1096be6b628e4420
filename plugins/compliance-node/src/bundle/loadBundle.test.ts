import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Facts, PARTS } from '@waymark/backstage-plugin-compliance-common';
import { WasmPolicyEngine } from '../engine';
import { judge } from '../judge';
import { loadBundle } from './loadBundle';

const TODAY = '2026-11-21';

describe('the bundle of this package', () => {
  it('judges every rule, and knows nothing of nothing', async () => {
    const bundle = await loadBundle();
    const { rules } = bundle.index;
    const engine = await WasmPolicyEngine.create(bundle);
    const nothing: Facts = { apiVersion: 'waymark.dev/v1', kind: 'Facts' };
    const report = await engine.evaluate(nothing, TODAY);
    await engine.close();
    expect(Object.keys(report)).toEqual(rules.map(({ id }) => id));
    for (const answer of Object.values(report)) {
      expect(answer).toMatchObject({ deny: [], applies: expect.any(Boolean) });
    }
    const verdicts = (facts: Facts) =>
      judge({ rules, report, facts, today: TODAY });
    for (const { outcome } of verdicts(nothing)) {
      expect(outcome).toBe('unknown');
    }
    const none = Object.fromEntries(PARTS.map(part => [part, null]));
    const withoutAny = verdicts({
      ...nothing,
      ...none,
      catalog: { entity: {} },
    } as Facts);
    const ofOthers = withoutAny.filter(
      (_, index) => rules[index].input !== 'catalog',
    );
    expect(new Set(ofOthers.map(({ outcome }) => outcome))).toEqual(
      new Set(['not-applicable']),
    );
  }, 60_000);

  it('says what to run where there is none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'waymark-bundle-'));
    const told = /\.\/waymark policies build makes them/;
    await expect(loadBundle(folder)).rejects.toThrow(told);
    writeFileSync(join(folder, 'policy.wasm'), 'x');
    writeFileSync(join(folder, 'rules.json'), '{"rules": []}');
    await expect(loadBundle(folder)).rejects.toThrow(told);
    writeFileSync(join(folder, 'rules.json'), '{"revision": "", "rules": []}');
    const broken = await loadBundle(folder);
    await expect(WasmPolicyEngine.create(broken)).rejects.toThrow();
    rmSync(folder, { recursive: true });
  });
});
