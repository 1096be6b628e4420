import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGoTools } from '../tools/toolbox';
import {
  askConftest,
  askGator,
  askKyverno,
  askPortal,
  canRun,
} from './__testUtils__/engines';
import { Question } from './__testUtils__/questions';
import { checkout } from './__testUtils__/rules';
import { compareTargets, makeTargets, writeTargets } from './build';
import { Document } from './examples';

const LONG = 1_800_000;
const RULE = 'pinned-image';

const engines = [
  { engine: 'the portal', program: 'opa', ask: askPortal },
  { engine: 'conftest', program: 'conftest', ask: askConftest },
  { engine: 'gator', program: 'gator', ask: askGator },
  { engine: 'kyverno', program: 'kubectl-kyverno', ask: askKyverno },
].filter(({ program }) => canRun(program));

function pod(service: string, image: string): Question {
  const object: Document = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'a',
      labels: { 'app.kubernetes.io/name': service },
    },
    spec: { containers: [{ name: 'a', image }] },
  };
  return { title: service, documents: [object] };
}

function deployment(service: string, image: string): Question {
  const [{ metadata, spec }] = pod(service, image).documents;
  const object: Document = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a' },
    spec: { template: { metadata, spec } },
  };
  return { title: service, documents: [object] };
}

describe('after one build command', () => {
  const roots: string[] = [];

  /** A checkout with the rules, changed. */
  const built = async (changes: Record<string, (text: string) => string>) => {
    const root = mkdtempSync(join(tmpdir(), 'waymark-build-'));
    roots.push(root);
    cpSync(join(checkout, 'policies'), join(root, 'policies'), {
      recursive: true,
    });
    for (const [file, change] of Object.entries(changes)) {
      const path = join(root, 'policies', file);
      const text = readFileSync(path, 'utf8');
      expect(change(text)).not.toBe(text);
      writeFileSync(path, change(text));
    }
    const made = await makeTargets({ root, tools: checkout, say: () => {} });
    writeTargets(root, made, compareTargets({ root }, made));
    return { root, scratch: root };
  };

  beforeAll(async () => {
    const [failure] = await buildGoTools(
      checkout,
      engines.map(({ program }) => program),
      () => {},
    );
    if (failure) throw new Error(failure);
  }, LONG);

  afterAll(() => roots.forEach(root => rmSync(root, { recursive: true })));

  it(
    'an edited rule is another in every engine that reads Rego',
    async () => {
      const place = await built({
        [`${RULE}/rule.rego`]: text =>
          text
            .replace('{"", "latest"}', '{"", "latest", "edge"}')
            .replace(': name a digest', ', which moves: name a digest'),
      });
      for (const { engine, ask } of engines) {
        const image = 'ghcr.io/tidewater/a:edge';
        const [answer] = await ask(place, [pod('shop', image)]);
        const expected = `Pod/a: container a runs ${image}, which moves: name a digest or a tag other than latest`;
        // Kyverno has an expression of its own, and the equivalence test.
        const said = engine === 'kyverno' ? undefined : [expected];
        expect([engine, answer[RULE]]).toEqual([engine, said]);
      }
    },
    LONG,
  );

  it(
    'an edited setting is another in every engine',
    async () => {
      const place = await built({
        'lib/settings.rego': text =>
          text.replace('"ghcr.io/tidewater/"', '"registry.example/"'),
      });
      for (const { engine, ask } of engines) {
        const [answer] = await ask(place, [
          pod('shop', 'ghcr.io/tidewater/a:1'),
        ]);
        expect([engine, answer['allowed-registries']]).toEqual([
          engine,
          [
            'Pod/a: container a runs ghcr.io/tidewater/a:1, which is in none of registry.example/',
          ],
        ]);
      }
    },
    LONG,
  );

  it(
    'an exemption holds for its rule and service until its last day',
    async () => {
      const today = new Date().toISOString().slice(0, 10);
      const until = (rule: string, service: string, day: string) =>
        `- { rule: ${rule}, service: ${service}, until: '${day}' }`;
      const place = await built({
        'exemptions.yaml': () =>
          [
            until(RULE, 'today', today),
            until(RULE, 'later', '2999-12-31'),
            until(RULE, 'over', '2020-01-01'),
            until('resource-limits', 'other-rule', '2999-12-31'),
          ].join('\n'),
      });
      // The portal keeps exemptions itself, and shows them.
      const others = engines.filter(({ engine }) => engine !== 'the portal');
      const services = ['today', 'later', 'over', 'other-rule', 'no-exemption'];
      const image = 'ghcr.io/tidewater/a';
      for (const { engine, ask } of others) {
        const answers = await Promise.all(
          services.map(async (service, index) => {
            const at = { ...place, scratch: join(place.scratch, `${index}`) };
            const [answer] = await ask(at, [pod(service, image)]);
            return [service, RULE in answer, 'resource-limits' in answer];
          }),
        );
        // By the label of its pods, too.
        const [labelled] = await ask(place, [deployment('later', image)]);
        expect([engine, RULE in labelled]).toEqual([engine, false]);
        expect([engine, answers]).toEqual([
          engine,
          [
            ['today', false, true],
            ['later', false, true],
            ['over', true, true],
            ['other-rule', true, false],
            ['no-exemption', true, true],
          ],
        ]);
      }
    },
    LONG,
  );
});
