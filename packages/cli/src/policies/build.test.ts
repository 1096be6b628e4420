import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleIndexSchema } from '@waymark/backstage-plugin-compliance-common';
import { compareTargets, makeTargets, writeTargets } from './build';
import { policiesCommand } from './command';
import { portal } from './targets/portal';
import { checkout, writeRules } from './__testUtils__/rules';

const WASM = 'plugins/compliance-node/policy/policy.wasm';
const INDEX = 'plugins/compliance-node/policy/rules.json';
const targets = [portal];
const named = { body: 'deny contains {"msg": "no name"} if not input.name' };

describe('./waymark policies', () => {
  const roots: string[] = [];
  const rulesAt = (rules: Parameters<typeof writeRules>[0]) => {
    const root = writeRules(rules);
    roots.push(root);
    return root;
  };
  const build = (root: string) =>
    makeTargets({ root, targets, tools: checkout, say: () => {} });

  afterAll(() => {
    for (const root of roots) rmSync(root, { recursive: true });
  });

  it('has committed what the rules of this checkout make', async () => {
    let said = '';
    const code = await policiesCommand(['check'], {
      root: checkout,
      out: text => {
        said += text;
      },
      progress: () => {},
    });
    expect(said).toMatch(/files are what policies\/ makes/);
    expect(code).toBe(0);
  }, 600_000);

  it('makes the same bytes in every folder, and others of other rules', async () => {
    const [one, same, other] = await Promise.all([
      build(rulesAt({ b: named, a: named })),
      build(rulesAt({ a: named, b: named })),
      build(rulesAt({ a: named, b: { body: named.body.replace('no', 'a') } })),
    ]);
    expect([...one.keys()]).toEqual([WASM, INDEX]);
    for (const [file, content] of one) {
      expect(Buffer.from(same.get(file)!).equals(content)).toBe(true);
      expect(Buffer.from(other.get(file)!).equals(content)).toBe(false);
    }
    const index = ruleIndexSchema.parse(JSON.parse(String(one.get(INDEX))));
    expect(index.revision).toMatch(/^[0-9a-f]{64}$/);
    expect(index.rules).toMatchObject([
      { id: 'a', needs: ['catalog'], readme: '# a\n' },
      { id: 'b' },
    ]);
  });

  it('says what is outdated, and build mends it', async () => {
    const root = rulesAt({ a: named });
    const made = await build(root);
    expect(compareTargets({ root, targets }, made)).toEqual([
      { file: WASM, state: 'missing' },
      { file: INDEX, state: 'missing' },
    ]);
    writeTargets(root, made, compareTargets({ root, targets }, made));
    writeFileSync(join(root, INDEX), '{}');
    const left = join(root, 'plugins/compliance-node/policy/old.wasm');
    writeFileSync(left, '');
    expect(compareTargets({ root, targets }, made)).toEqual([
      { file: INDEX, state: 'different' },
      { file: 'plugins/compliance-node/policy/old.wasm', state: 'left over' },
    ]);
    writeTargets(root, made, compareTargets({ root, targets }, made));
    expect(compareTargets({ root, targets }, made)).toEqual([]);
    expect(existsSync(left)).toBe(false);
  });

  it.each([
    [
      'asks a network',
      { body: 'deny contains http.send({"method": "get", "url": input.url})' },
      /http\.send, which the portal does not have/,
    ],
    [
      'asks the clock',
      { body: 'deny contains {"msg": "late"} if time.now_ns() > input.at' },
      /time\.now_ns, which the portal does not have/,
    ],
    [
      'draws lots',
      { body: 'deny contains {"msg": "bad luck"} if rand.intn("a", 2) == 1' },
      /rand\.intn, which the portal does not have/,
    ],
    [
      'formats as only Go does',
      { body: 'deny contains {"msg": sprintf("%v", [input.a])}' },
      /policies\/a\/rule\.rego:\d+: use %s or %d: %v/,
    ],
    [
      'does not compile',
      { body: 'deny contains {"msg": missing}' },
      /rule\.rego:\d+: rego_unsafe_var_error/,
    ],
    [
      'needs what is no fact',
      { body: named.body, metadata: '#   needs: [weather]\n' },
      /a: needs weather, which is no path into the facts/,
    ],
  ])('refuses a rule that %s', async (_, rule, expected) => {
    await expect(build(rulesAt({ a: rule }))).rejects.toThrow(expected);
  });

  it('names every rule whose metadata is not as it must be', async () => {
    const root = rulesAt({ a: named, b: named });
    for (const id of ['a', 'b']) {
      const file = join(root, `policies/${id}/rule.rego`);
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace('severity: low', 'severity: awful'));
    }
    await expect(build(root)).rejects.toThrow(
      /a: severity: .*\n.*b: severity:/,
    );
  });
});
