import { formatProblem } from '../problem';
import { checkInert, checkRepository, checkTemplate, PLACEHOLDER } from '.';

const DIGEST = 'a'.repeat(64);
const COMMIT = 'b'.repeat(40);

const good: Record<string, string> = {
  'catalog-info.yaml': [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    'metadata: { name: abc }',
    'spec: { type: service, lifecycle: experimental, owner: team }',
    '',
  ].join('\n'),
  Dockerfile: `FROM node:24.1.0@sha256:${DIGEST}\nUSER 10001\nCMD ["node"]\n`,
  '.github/workflows/ci.yml': [
    'permissions: {}',
    'jobs:',
    '  build:',
    '    timeout-minutes: 5',
    '    permissions: { contents: read }',
    '    steps:',
    `      - uses: actions/checkout@${COMMIT} # v6.1.0`,
    '',
  ].join('\n'),
};

async function problemsWith(changes: Record<string, string>) {
  const files = new Map(Object.entries({ ...good, ...changes }));
  return (await checkRepository(files, { description: '${{ mine }}' })).map(
    formatProblem,
  );
}

it('finds nothing in a good repository', async () => {
  await expect(
    problemsWith({ 'a.yaml': 'text: "${{ mine }}"\n' }),
  ).resolves.toEqual([]);
});

it.each([
  ['a.txt', 'one\ntwo ${{ values.name }}\n', 'a.txt:2: ${{ is left'],
  ['a.txt', 'a: 1\nb: {% if x %}\n', 'a.txt:2: {% is left'],
  ['a.yaml', 'a: 1\nb: TODO\n', 'a.yaml:2: TODO is left'],
  ['a.yaml', 'a: 1\na: 2\n', 'a.yaml:2: Map keys must be unique'],
  ['a.json', '{\n"a": 1,\n}\n', 'a.json:3: '],
  ['src/a.txt', 'x\n-----BEGIN PRIVATE KEY-----\n', 'src/a.txt:2: a private'],
  ['.env', '\nDB=postgres://me:hunter2@db.corp/x\n', '.env:2: a password'],
  [
    '.github/workflows/ci.yml',
    good['.github/workflows/ci.yml'].replace(/@b+ #.*/, '@v6'),
    '.github/workflows/ci.yml:7: actions/checkout@v6 is not pinned',
  ],
  [
    '.github/workflows/ci.yml',
    good['.github/workflows/ci.yml'].replace(/.*timeout.*\n/, ''),
    '.github/workflows/ci.yml:3: job build has no time limit',
  ],
  ['Dockerfile', `FROM node:24\nUSER 1\n`, 'Dockerfile:1: node:24 is not'],
  ['Dockerfile', `FROM node:24.1.0\n`, 'Dockerfile:1: the image runs as root'],
  [
    'Dockerfile',
    'FROM node:24.1.0\nADD https://x.example/y /y\nUSER 1\n',
    'Dockerfile:2: ADD fetches',
  ],
  [
    'catalog-info.yaml',
    `${good['catalog-info.yaml']}---\nkind: Component\n`,
    'catalog-info.yaml:6: ',
  ],
  [
    'catalog-info.yaml',
    good['catalog-info.yaml'].replace('name: abc', 'name: a b'),
    'catalog-info.yaml:1: ',
  ],
])('finds the one mistake in %s: %j', async (file, text, expected) => {
  const problems = await problemsWith({ [file]: text });

  expect(problems).toEqual([expect.stringContaining(expected)]);
});

it('finds a description that is carried out', () => {
  const text = 'a: "</b> \\" x"\n';
  const plain = new Map([['a.yaml', `b: 1\na: ${PLACEHOLDER}\n`]]);
  const made = new Map([['a.yaml', `b: 1\na: ${text}\n`]]);

  expect(checkInert(made, text, plain)).toEqual([
    expect.objectContaining({ file: 'a.yaml', line: 2 }),
  ]);
});

it('finds a template that types a Git host in', () => {
  const template = {
    kind: 'Template' as const,
    metadata: {
      name: 'x',
      annotations: { 'backstage.io/template-version': '1.0.0' },
    },
    spec: {
      steps: [
        { id: 'push', action: 'x', input: { repoUrl: 'github.com?owner=a' } },
      ],
    },
  };

  const text = 'spec:\n  steps:\n    - id: push\n';

  expect(
    checkTemplate(template, [{ file: 'template.yaml', text }]).map(
      formatProblem,
    ),
  ).toEqual(['template.yaml:3: step push types a Git host in (template)']);
});
