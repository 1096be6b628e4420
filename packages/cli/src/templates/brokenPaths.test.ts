import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BrokenCopy, writeBrokenCopy } from './brokenCopies';
import { templatesCommand } from './command';
import { formatProblem, Problem } from './problem';

const root = resolve(__dirname, '../../../..');
const WRITABLE = 'policies/read-only-root-filesystem/bad/writable.yaml';
const SERVICE = '_layers/service';
const REPOSITORY = '_layers/repository';

const mistakes: BrokenCopy[] = [
  {
    path: 'node-api',
    mistake: 'an action that is not pinned',
    edits: [
      {
        file: 'node-api/skeleton/.github/workflows/labels.yml',
        append:
          'name: labels\non: pull_request\npermissions: {}\njobs:\n  label:\n    runs-on: ubuntu-latest\n    timeout-minutes: 5\n    permissions: {}\n    steps:\n      - uses: actions/labeler@v6\n',
      },
    ],
    expected:
      /^\.github\/workflows\/labels\.yml:10: actions\/labeler@v6 is not pinned/,
  },
  {
    path: 'node-api',
    mistake: 'an expression in a file that is not rendered',
    edits: [
      {
        file: `${SERVICE}/chart/env/staging.yaml.njk`,
        append: `\n{% raw %}# \${{ values.name }}{% endraw %}\n`,
      },
    ],
    expected: /^chart\/env\/staging\.yaml:\d+: \$\{\{ is left/,
  },
  {
    path: 'node-api',
    mistake: 'a form that takes any name',
    edits: [
      {
        file: '_parts/parameters/service.yaml',
        from: / {4}pattern: '\^\[a-z\]\[a-z0-9\].*\n/,
      },
    ],
    expected:
      /^\.\.\/_parts\/parameters\/service\.yaml:\d+: the form takes it, though name is wrong/,
  },
  {
    path: 'node-api',
    mistake: 'an if that is not closed',
    edits: [
      { file: 'node-api/skeleton/README.md.njk', append: '{% if x %}\n' },
    ],
    expected: /^skeleton\/README\.md\.njk:\d+: /,
  },
  {
    path: 'go-grpc-service',
    mistake: "a value that the platform's chart does not know",
    edits: [
      {
        file: `${SERVICE}/chart/values.yaml.njk`,
        from: '  protocol:',
        to: '  copies: 2\n  protocol:',
      },
    ],
    expected:
      /^chart\/values\.yaml:\d+: service\.copies: additional properties 'copies' not allowed/,
  },
  {
    path: 'go-grpc-service',
    mistake: 'an image that changes by itself',
    edits: [
      {
        file: 'go-grpc-service/skeleton/Dockerfile',
        from: /golang:\S+/,
        to: 'golang:latest',
      },
    ],
    expected: /^Dockerfile:2: golang:latest is not pinned/,
  },
  {
    path: 'python-fastapi',
    mistake: 'a manifest against the policies',
    edits: [
      {
        file: 'python-fastapi/skeleton/chart/templates/migrate.yaml',
        append: readFileSync(join(root, WRITABLE), 'utf8'),
      },
    ],
    expected:
      /^chart\/templates\/migrate\.yaml:\d+: .* \(policies\/read-only-root-filesystem\)$/,
  },
  {
    path: 'python-fastapi',
    mistake: 'Python that does not compile',
    edits: [
      {
        file: 'python-fastapi/tests/toolchain.yaml',
        append:
          '- { name: Compile, command: python3 -m compileall -q src, needs: [python3] }\n',
      },
      {
        file: 'python-fastapi/skeleton/src/service/labels.py',
        append: 'def label(parcel):\n    return parcel.\n',
      },
    ],
    expected:
      /^src\/service\/labels\.py:2: [^]*SyntaxError: invalid syntax[^]*\(Compile\)$/,
  },
  {
    path: 'nextjs-web',
    mistake: 'a link to a page that is not there',
    edits: [
      {
        file: 'nextjs-web/skeleton/docs/architecture.md',
        append: '\nSee [why](reasons.md).\n',
      },
    ],
    needs: ['docs'],
    expected: /^docs\/architecture\.md:\d+: .*reasons\.md.* \(mkdocs\)$/,
  },
  {
    path: 'nextjs-web',
    mistake: 'a secret',
    edits: [
      {
        file: 'nextjs-web/skeleton/.env.production',
        append: `LOG_LEVEL=info\nTOKEN=ghp_${'a1'.repeat(18)}\n`,
      },
    ],
    expected: /^\.env\.production:2: a GitHub token is written down/,
  },
  {
    path: 'nextjs-web',
    mistake: 'an image that runs as root',
    edits: [{ file: 'nextjs-web/skeleton/Dockerfile', from: /^USER .*\n/m }],
    expected: /^Dockerfile:\d+: the image runs as root/,
  },
  {
    path: 'java-service',
    mistake: 'a test of the alerts that fails',
    edits: [
      {
        file: `${SERVICE}/monitoring/alerts_test.yaml.njk`,
        from: 'value: 0.2',
        to: 'value: 0.3',
      },
    ],
    needs: ['alert tests'],
    expected: /^monitoring\/alerts_test\.yaml:\d+: expr: [^]* 3E-01\n/,
  },
  {
    path: 'java-service',
    mistake: 'rules that are not those of the SLO',
    edits: [
      {
        file: `${SERVICE}/monitoring/slo-rules.yaml.njk`,
        from: 'sloth_window: 30d',
        to: 'sloth_window: 28d',
      },
    ],
    expected:
      /^monitoring\/slo-rules\.yaml:\d+: \S+sloth_window is not what Sloth makes of slo\/sloth\.yaml/,
  },
  {
    path: 'java-service',
    mistake: 'a placeholder',
    edits: [
      {
        file: `${SERVICE}/chart/values.yaml.njk`,
        append: '\n# TODO\n',
      },
    ],
    expected: /^chart\/values\.yaml:\d+: TODO is left/,
  },
  {
    path: 'ml-pipeline',
    mistake: 'an alert whose expression cannot be read',
    edits: [
      {
        file: 'ml-pipeline/skeleton/monitoring/alerts.yaml.njk',
        from: /} > 0\.25/,
        to: '} >> 0.25',
      },
    ],
    expected: /^monitoring\/alerts\.yaml:\d+: .*parse.* \(promtool\)$/,
  },
  {
    path: 'ml-pipeline',
    mistake: 'an entity that the catalog does not take',
    edits: [
      {
        file: `${REPOSITORY}/catalog-info.yaml.njk`,
        from: '  lifecycle: experimental\n',
      },
    ],
    expected: /^catalog-info\.yaml:\d+: .*lifecycle.* \(catalog\)$/,
  },
  {
    path: 'ml-pipeline',
    mistake: 'a field that Kubernetes does not know',
    edits: [
      {
        file: 'ml-pipeline/skeleton/chart/templates/workflowtemplate.yaml',
        from: '  podGC:\n',
        to: '  podsGone: true\n  podGC:\n',
      },
    ],
    expected:
      /^chart\/templates\/workflowtemplate\.yaml:\d+: .*podsGone.* \(kubeconform\)$/,
  },
];

/** Differs wherever something is changed, and is told beside the mistake. */
const isGolden = ({ check }: Problem) => check === 'golden';
const folder = mkdtempSync(join(tmpdir(), 'waymark-broken-'));
const nameOf = ({ path }: BrokenCopy, index: number) => `${index}/${path}`;
let code: number;
let junit: string;
let found: Map<string, Problem[]>;

// With the tools still to build; all copies in one run, as the scaffolder takes
// its time to start.
beforeAll(async () => {
  mistakes.forEach((copy, index) =>
    writeBrokenCopy(root, join(folder, String(index)), copy),
  );
  const report = join(folder, 'junit.xml');
  let text = '';
  code = await templatesCommand(
    [
      'test',
      '--json',
      ...['--junit', report, '--templates', folder],
      ...mistakes.map(nameOf),
    ],
    { root, out: part => (text += part), progress: () => {} },
  );
  const results: { name: string; cases: { problems: Problem[] }[] }[] =
    JSON.parse(text);
  found = new Map(
    results.map(({ name, cases }) => [
      name,
      cases.flatMap(({ problems }) => problems),
    ]),
  );
  junit = readFileSync(report, 'utf8');
}, 900_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(
  mistakes.map((copy, index) => ({ ...copy, name: nameOf(copy, index) })),
)('$path: $mistake', ({ name, expected }) => {
  const problems = found.get(name) ?? [];

  expect(
    problems.filter(problem => !isGolden(problem)).map(formatProblem),
  ).toEqual([expect.stringMatching(expected)]);
});

it('names what is not as the golden tree has it', () => {
  const index = mistakes.findIndex(({ mistake }) => mistake === 'a secret');
  const problems = found.get(nameOf(mistakes[index], index)) ?? [];

  expect(problems.filter(isGolden).map(formatProblem)).toContainEqual(
    expect.stringMatching(
      /^tests\/golden\/the-ordinary-case\.sha256:\d+: \.env\.production is new since/,
    ),
  );
});

it('fails, and says the same to CI', () => {
  expect(code).toBe(1);
  expect(junit).toContain('labels.yml:10: actions/labeler@v6 is not pinned');
});
