import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Edit, makeEdit } from './brokenCopies';
import { templatesCommand } from './command';
import { formatProblem, Problem } from './problem';

const root = resolve(__dirname, '../../../..');
const CHART = 'platform/charts/service';
/** Those that mistakes are made in, and what they import. */
const POLICIES = ['lib', 'pinned-image', 'seccomp-profile'].map(
  name => `policies/${name}`,
);

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
let code: number;
let problems: string[];

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
  let text = '';
  code = await templatesCommand(['test', 'platform', '--json'], {
    root: copy,
    out: part => (text += part),
    progress: () => {},
  });
  const [{ cases }]: { cases: { problems: Problem[] }[] }[] = JSON.parse(text);
  problems = cases.flatMap(one => one.problems).map(formatProblem);
}, 900_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

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
