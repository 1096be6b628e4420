import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Facts, RuleIndex } from '@waymark/backstage-plugin-compliance-common';
import {
  Bundle,
  inspectRules,
  judge,
  WasmPolicyEngine,
} from '@waymark/backstage-plugin-compliance-node';
import { openToolbox } from '../tools/toolbox';
import { makeTargets } from './build';
import { opaIn } from './opa';
import { portal } from './targets/portal';
import { checkout, writeRules } from './__testUtils__/rules';

const TODAY = '2026-11-21';
const LIMITS = { timeoutMs: 400, memoryMiB: 64, workers: 2 };

/** Rules that break in every way that a rule can, beside two that work. */
const rules = {
  'asks-name': {
    body: 'deny contains {"msg": "no name"} if not input.catalog.entity.metadata.name',
  },
  'knows-today': {
    body: 'deny contains {"msg": input.today, "file": "a.yaml", "path": ["b"]}',
  },
  'never-applies': {
    body: 'default applies := false\n\napplies if input.never\n\ndeny contains {"msg": "always"}',
  },
  'of-two-minds': {
    body: 'two := 1 if input.catalog.entity.spec.conflict\n\ntwo := 2 if input.catalog.entity.spec.conflict\n\ndeny contains {"msg": "two"} if two == 1',
  },
  'runs-for-ever': {
    body: 'deny contains {"msg": "found"} if {\n\tinput.catalog.entity.spec.loop\n\tsome a in numbers.range(1, 30000)\n\tsome b in numbers.range(1, 30000)\n\ta * b == 0\n}',
  },
  'takes-all-memory': {
    body: 'deny contains {"msg": "found"} if {\n\tinput.catalog.entity.spec.memory\n\tlarge := concat("", ["x" | some _ in numbers.range(1, 10000)])\n\tcount(concat("", [large | some _ in numbers.range(1, 100000)])) == 0\n}',
  },
  'talks-nonsense': {
    body: 'deny contains 7 if input.catalog.entity.spec.nonsense',
  },
};

function facts(spec: Record<string, unknown> = {}, metadata = { name: 'a' }) {
  const entity = { metadata, spec };
  return {
    apiVersion: 'waymark.dev/v1',
    kind: 'Facts',
    catalog: { entity },
  } satisfies Facts;
}

describe('rules that break', () => {
  let bundle: Bundle;
  let engine: WasmPolicyEngine;

  beforeAll(async () => {
    const root = writeRules(rules);
    const made = await makeTargets({
      root,
      targets: [portal],
      tools: checkout,
      say: () => {},
    });
    rmSync(root, { recursive: true });
    const [wasm, index] = [...made.values()];
    bundle = { wasm, index: JSON.parse(String(index)) as RuleIndex };
    engine = await WasmPolicyEngine.create(bundle, LIMITS);
  }, 600_000);

  afterAll(() => engine.close());

  const outcomes = async (of: Facts) => {
    const report = await engine.evaluate(of, TODAY);
    const verdicts = judge({
      rules: bundle.index.rules,
      report,
      facts: of,
      today: TODAY,
    });
    return Object.fromEntries(
      verdicts.map(({ rule, outcome, reason }) => [
        rule,
        reason ? `${outcome}: ${reason}` : outcome,
      ]),
    );
  };
  const healthy = {
    'asks-name': 'pass',
    'knows-today': 'fail',
    'never-applies':
      'not-applicable: The rule does not concern this component.',
    'of-two-minds': 'pass',
    'runs-for-ever': 'pass',
    'takes-all-memory': 'pass',
    'talks-nonsense': 'pass',
  };

  it('work where nothing breaks them', async () => {
    expect(await outcomes(facts())).toEqual(healthy);
    expect(await outcomes(facts({}, {} as { name: string }))).toEqual({
      ...healthy,
      'asks-name': 'fail',
    });
  });

  it.each([
    [
      'of-two-minds',
      { conflict: true },
      /^unknown: It broke off: .*var assignment conflict/,
    ],
    ['runs-for-ever', { loop: true }, /^unknown: It took longer than 0\.4 s/],
    ['takes-all-memory', { memory: true }, /^unknown: It needed more memory/],
    [
      'talks-nonsense',
      { nonsense: true },
      /^unknown: The rule answered in words/,
    ],
  ])('%s costs only its own verdict', async (rule, spec, reason) => {
    const { [rule]: broken, ...others } = await outcomes(facts(spec));
    const { [rule as keyof typeof healthy]: _, ...expected } = healthy;
    expect(broken).toMatch(reason);
    expect(others).toEqual(expected);
    // The thread that comes after it is as good as the one before.
    expect(await outcomes(facts())).toEqual(healthy);
  });

  it('answer others while one runs for ever', async () => {
    const slow = engine.evaluate(facts({ loop: true }), TODAY);
    const begun = Date.now();
    const quick = await Promise.all(
      Array.from({ length: 20 }, () => outcomes(facts())),
    );
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(quick).toEqual(quick.map(() => healthy));
    await slow;
  });

  it('say the same asked together and one by one', async () => {
    const together = await engine.evaluate(facts(), TODAY);
    const oneByOne = await engine.evaluate(facts({ conflict: true }), TODAY);
    const { 'of-two-minds': _, ...rest } = oneByOne;
    expect(together).toMatchObject(rest);
  });

  it('are told that they end when the engine does', async () => {
    const closing = await WasmPolicyEngine.create(bundle, LIMITS);
    const asked = closing.evaluate(facts({ loop: true }), TODAY);
    await closing.close();
    expect(Object.values(await asked)).toEqual(
      Object.values(rules).map(() => ({
        error: expect.stringMatching(/stopping|longer/),
      })),
    );
  });
});

describe('a rule that asks a network', () => {
  it('is refused before it runs, however it was built', async () => {
    const root = writeRules({
      a: {
        body: 'deny contains http.send({"method": "get", "url": "http://127.0.0.1:9"})',
      },
    });
    const out = mkdtempSync(join(tmpdir(), 'waymark-http-'));
    const program = openToolbox(checkout, process.env).find('opa')!;
    const bundle = join(out, 'bundle.tar.gz');
    await opaIn(
      join(root, 'policies'),
      program,
    )([
      'build',
      '--target',
      'wasm',
      '--entrypoint',
      'waymark/report/report',
      '--output',
      bundle,
      'a',
      'lib',
    ]);
    const archive = gunzipSync(readFileSync(bundle));
    const wasm = archive.subarray(archive.indexOf(Buffer.from('\0asm')));
    expect(inspectRules(trim(wasm)).unsupported).toEqual(['http.send']);
    await expect(
      WasmPolicyEngine.create({
        wasm: trim(wasm),
        index: { revision: '', rules: [] },
      }),
    ).rejects.toThrow(
      /The compliance rules call http\.send, which no rule may/,
    );
    for (const folder of [root, out]) rmSync(folder, { recursive: true });
  }, 600_000);
});

/** A module up to the end of its last section: an archive goes on with zeros. */
function trim(bytes: Buffer): Buffer {
  let at = 8;
  while (at < bytes.length && bytes[at] <= 13) {
    let size = 0;
    let shift = 0;
    let next = at + 1;
    for (;;) {
      const byte = bytes[next++];
      size += (byte % 128) * 2 ** shift;
      shift += 7;
      if (byte < 128) break;
    }
    if (size === 0) break;
    at = next + size;
  }
  return bytes.subarray(0, at);
}
