import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Edit, makeEdit, writeBrokenCopy } from './brokenCopies';
import { templatesCommand } from './command';
import { formatProblem, Problem } from './problem';
import { compareTargets, makeTargets, writeTargets } from '../policies/build';
import { conftest } from '../policies/targets/conftest';

const root = resolve(__dirname, '../../../..');
const CHART = 'platform/charts/service';
/** Those that mistakes are made in, and what they import. */
const POLICIES = [
  'lib',
  'pinned-image',
  'seccomp-profile',
  'admission.yaml',
  'exemptions.yaml',
].map(name => `policies/${name}`);
const targets = [conftest];

/** Each in a part of its own, so that one copy holds them all. */
const mistakes: { mistake: string; edit: Edit; expected: RegExp }[] = [
  {
    mistake: 'a workflow that calls an action by its tag',
    edit: {
      file: 'platform/workflows/publish.yml',
      from: /(actions\/checkout)@\S+ # \S+/,
      to: '$1@v6',
    },
    expected:
      /^platform\/workflows\/publish\.yml:\d+: actions\/checkout@v6 is not pinned/,
  },
  {
    mistake: 'a workflow that GitHub does not take',
    edit: {
      file: 'platform/workflows/code.yml',
      from: 'permissions: {}\n',
      to: 'permissions: {}\nretries: 3\n',
    },
    expected:
      /^platform\/workflows\/code\.yml:\d+: .*"retries".* \(actionlint\)$/,
  },
  {
    mistake: 'a chart that makes something else than was reviewed',
    edit: {
      file: `${CHART}/tests/least.yaml`,
      from: 'owner: delivery',
      to: 'owner: fulfilment',
    },
    expected:
      /^platform\/charts\/service\/tests\/golden\/least\.yaml:\d+: has "waymark\.dev\/owner: "delivery"" where the chart makes "waymark\.dev\/owner: "fulfilment""/,
  },
  {
    mistake: 'a schema that takes what it must refuse',
    edit: {
      file: `${CHART}/tests/invalid/latest.yaml`,
      from: 'tag: latest',
      to: 'tag: v1.0.0',
    },
    expected:
      /^platform\/charts\/service\/tests\/invalid\/latest\.yaml:1: the chart takes these values/,
  },
  {
    mistake: 'a bad example that no rule refuses',
    edit: {
      file: 'policies/pinned-image/bad/latest.yaml',
      from: ':latest',
      to: ':v1.0.0',
    },
    expected:
      /^policies\/pinned-image\/bad\/latest\.yaml:1: pinned-image does not refuse this bad example/,
  },
  {
    mistake: 'a test of a rule that fails',
    edit: {
      file: 'policies/seccomp-profile/rule_test.rego',
      append:
        '\ntest_wrong if {\n\tcount(seccomp_profile.deny) == 99 with input as []\n}\n',
    },
    expected:
      /^policies\/seccomp-profile\/rule_test\.rego:\d+: test_wrong fails \(opa\)$/,
  },
  {
    mistake: 'a rule on alerts that cannot be read',
    edit: {
      file: 'platform/observability/rules/conventions.yaml',
      from: /expr: /,
      to: 'expr: ) ',
    },
    expected:
      /^platform\/observability\/rules\/conventions\.yaml:\d+: .* \(promtool\)$/,
  },
];

const copy = mkdtempSync(join(tmpdir(), 'waymark-platform-'));
const templates = mkdtempSync(join(tmpdir(), 'waymark-rules-of-paths-'));
let code: number;
let problems: string[];

/** What is wrong with each thing tested, by its name. */
async function test(...args: string[]) {
  let text = '';
  const ended = await templatesCommand(['test', ...args, '--json'], {
    root: copy,
    out: part => (text += part),
    progress: () => {},
  });
  const results: { name: string; cases: { problems: Problem[] }[] }[] =
    JSON.parse(text);
  const found = new Map(
    results.map(({ name, cases }) => [
      name,
      cases.flatMap(one => one.problems).map(formatProblem),
    ]),
  );
  return { code: ended, found };
}

beforeAll(async () => {
  for (const folder of ['platform', ...POLICIES]) {
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      // The library's tests are about every rule; its fixtures are for each.
      filter: file => !/lib\/(?!\w*fixtures)\w+_test\.rego$/.test(file),
    });
  }
  // Built once, for the checkout itself.
  mkdirSync(join(root, '.waymark/tools'), { recursive: true });
  mkdirSync(join(copy, '.waymark'));
  symlinkSync(join(root, 'tools'), join(copy, 'tools'));
  symlinkSync(join(root, '.waymark/tools'), join(copy, '.waymark/tools'));
  for (const { edit } of mistakes) makeEdit(copy, edit);
  const made = await makeTargets({ root: copy, targets, say: () => {} });
  writeTargets(copy, made, compareTargets({ root: copy, targets }, made));
  const tested = await test('platform');
  code = tested.code;
  problems = tested.found.get('platform')!;
}, 900_000);

afterAll(() => {
  for (const folder of [copy, templates]) {
    rmSync(folder, { recursive: true, force: true });
  }
});

it.each(mistakes)('finds $mistake', ({ expected }) => {
  expect(problems).toContainEqual(expect.stringMatching(expected));
});

it('finds nothing else', () => {
  expect(code).toBe(1);
  expect(
    problems.filter(
      problem => !mistakes.some(({ expected }) => expected.test(problem)),
    ),
  ).toEqual([]);
});

it.each([
  [
    'are not those of pipelines',
    {
      file: 'policies/pinned-image/rule.rego',
      from: '{"", "latest"}',
      to: '{"", "latest", "edge"}',
    },
    /^platform\/conftest\/pinned-image\.rego:1: is not what policies\/ makes: \.\/waymark policies build \(policies\)$/,
  ],
  [
    'do not compile',
    {
      file: 'policies/pinned-image/rule.rego',
      append: '\ndeny contains missing\n',
    },
    /^policies\/pinned-image\/rule\.rego:\d+: .*missing.* \(policies\)$/,
  ],
])(
  'a golden path is not judged by rules that %s',
  async (_, edit, expected) => {
    makeEdit(copy, edit);
    const path = 'node-api';
    writeBrokenCopy(root, templates, {
      path,
      mistake: '',
      edits: [],
      expected,
    });

    const { found } = await test(path, '--templates', templates);

    // The copy goes without what takes its time, which the golden tree has.
    const others = found.get(path)?.filter(one => !one.endsWith('(golden)'));
    expect(others).toEqual([expect.stringMatching(expected)]);
  },
  900_000,
);
