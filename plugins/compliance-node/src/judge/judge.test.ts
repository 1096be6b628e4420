import { Facts, Rule } from '@waymark/backstage-plugin-compliance-common';
import { Case, judge } from './judge';

const rule: Rule = {
  id: 'a-rule',
  title: 'A rule',
  description: 'For a test.',
  severity: 'high',
  track: 'delivery',
  level: 'bronze',
  input: 'repository',
  needs: ['repository'],
  why: 'Because.',
  fix: 'Do.',
  readme: '',
};

const catalogInfo = `kind: API
metadata:
  name: other
---
kind: Component
metadata:
  name: shop
spec:
  owner: nobody
`;
const workflow = `on: push
jobs:
  test:
    steps:
      - uses: actions/checkout@v6
`;

const facts: Facts = {
  apiVersion: 'waymark.dev/v1',
  kind: 'Facts',
  catalog: { entity: { spec: {} }, owner: null },
  repository: {
    files: [
      { path: '.github/workflows/broken.yml', error: 'cannot be read: no' },
      { path: '.github/workflows/ci.yml', text: workflow },
      { path: 'catalog-info.yaml', text: catalogInfo },
      { path: 'chart/env/production.yaml', text: 'service:\n  memory: 1Gi\n' },
      { path: 'chart/env/staging.yaml', text: 'service: {}\n' },
      {
        path: 'chart/templates/job.yaml',
        text: 'kind: Job\nspec:\n  template:\n    spec:\n      containers:\n        - image: a\n',
      },
      {
        path: 'chart/values.yaml',
        text: 'service:\n  image:\n    tag: v1\n  resources: {}\n',
      },
    ],
  },
  manifest: {
    releases: ['production', 'staging'].map(environment => ({
      environment,
      objects: [
        { kind: 'Deployment', metadata: { name: 'shop' } },
        { kind: 'Job', metadata: { name: 'shop' } },
      ],
      templates: [null, 'chart/templates/job.yaml'],
      values: [`chart/env/${environment}.yaml`, 'chart/values.yaml'],
    })),
  },
  delivery: {
    protection: null,
    environments: [],
    archived: false,
  },
};

type Change = Partial<Rule> & {
  deny?: unknown[];
  facts?: Partial<Facts>;
} & Partial<Pick<Case, 'report' | 'errors' | 'exemptions'>>;

function verdict(change: Change) {
  const { deny = [], report, errors, exemptions, ...rest } = change;
  const { facts: others, ...ofRule } = rest;
  const [only] = judge({
    rules: [{ ...rule, ...ofRule }],
    report: report ?? { 'a-rule': { deny, applies: true } },
    facts: { ...facts, ...others },
    errors,
    exemptions,
    today: '2026-11-21',
  });
  return only;
}

describe('judge', () => {
  it('passes where nothing is denied, and fails where something is', () => {
    expect(verdict({})).toEqual({
      rule: 'a-rule',
      outcome: 'pass',
      findings: [],
    });
    expect(verdict({ deny: [{ msg: 'no' }] })).toMatchObject({
      outcome: 'fail',
      findings: [{ message: 'no' }],
    });
  });

  it.each([
    [
      'a part that was not read',
      { facts: { repository: undefined } },
      'Nothing is known yet of its repository.',
    ],
    [
      'a part that could not be read',
      { facts: { repository: undefined }, errors: { repository: 'Gone.' } },
      'Gone.',
    ],
    [
      'a need of another part',
      { needs: ['repository', 'slo'] },
      'Nothing is known yet of its objectives and alerts.',
    ],
    [
      'a need in a part',
      { needs: ['delivery', 'delivery.lastCommitAt'] },
      'delivery.lastCommitAt is not known.',
    ],
    [
      'a file that must be readable',
      { needs: ['repository', 'repository:.github/workflows/*.yml'] },
      '.github/workflows/broken.yml cannot be read: no',
    ],
    [
      'a file that is blamed and could not be read',
      { deny: [{ msg: 'no', file: '.github/workflows/broken.yml' }] },
      '.github/workflows/broken.yml cannot be read: no',
    ],
    ['a rule that was not asked', { report: {} }, 'The rule was not asked.'],
    [
      'a rule that broke off',
      { report: { 'a-rule': { error: 'It broke off.' } } },
      'It broke off.',
    ],
    [
      'a rule that says what no rule may',
      { deny: [{ message: 'no' }] },
      'The rule answered in words that nobody reads.',
    ],
  ])('does not know: %s', (_, change, reason) => {
    const exemptions = [{ rule: 'a-rule', until: '2027-01-01', reason: 'x' }];
    for (const deny of [{}, { deny: [{ msg: 'no' }] }]) {
      expect(verdict({ ...deny, ...change, exemptions })).toEqual({
        rule: 'a-rule',
        outcome: 'unknown',
        findings: [],
        reason,
      });
    }
  });

  it('knows that there is none: what is null is known', () => {
    const needs = ['catalog', 'catalog.owner', 'delivery.protection.reviews'];
    expect(verdict({ needs }).outcome).toBe('pass');
  });

  it('does not fail by what might keep it, and passes without', () => {
    const needsToFail = ['catalog.owner', 'slo'];
    const asked = (deny: unknown[], more: Partial<Facts> = {}) => {
      const known = { ...facts, slo: null, ...more };
      return verdict({ needsToFail, deny, facts: known });
    };
    const entity = { spec: {} };
    const no = [{ msg: 'no' }];
    expect(asked([], { slo: undefined }).outcome).toBe('pass');
    expect(asked(no).outcome).toBe('fail');
    expect(asked(no, { slo: undefined })).toEqual({
      rule: 'a-rule',
      outcome: 'unknown',
      findings: [],
      reason: 'Nothing is known yet of its objectives and alerts.',
    });
    expect(asked(no, { catalog: { entity } })).toMatchObject({
      outcome: 'unknown',
      reason: 'catalog.owner is not known.',
    });
  });

  it.each<[string, Change]>([
    ['no repository', { facts: { repository: null } }],
    ['no chart', { input: 'manifest', facts: { manifest: { releases: [] } } }],
    [
      'a chart for others',
      {
        input: 'manifest',
        facts: { manifest: { releases: [], none: 'The chart is a library.' } },
      },
    ],
    ['another kind', { report: { 'a-rule': { deny: [1], applies: false } } }],
  ])('does not apply: %s', (_, change) => {
    const asked = verdict({ deny: [{ msg: 'no' }], ...change });
    expect(asked).toMatchObject({ outcome: 'not-applicable', findings: [] });
    expect(asked.reason).toMatch(/^The /);
  });

  it('holds exemptions to their last day', () => {
    const asked = (...until: string[]) =>
      verdict({
        deny: [{ msg: 'no' }],
        exemptions: [
          { rule: 'another', until: '2027-01-01', reason: 'of another' },
          ...until.map(day => ({ rule: 'a-rule', until: day, reason: day })),
        ],
      });
    expect(asked('2026-11-20').outcome).toBe('fail');
    expect(asked('2026-11-20', '2026-11-21', '2026-11-30')).toEqual({
      rule: 'a-rule',
      outcome: 'exempt',
      findings: [{ message: 'no' }],
      reason: '2026-11-30',
      exemptUntil: '2026-11-30',
    });
    expect(asked('2026-11-21').outcome).toBe('exempt');
  });

  it('leads to lines of files', () => {
    const { findings } = verdict({
      deny: [
        {
          msg: 'not pinned',
          file: '.github/workflows/ci.yml',
          path: ['jobs', 'test', 'steps', 0, 'uses'],
          value: 'actions/checkout@v6',
        },
        {
          msg: 'owner',
          file: 'catalog-info.yaml',
          document: 1,
          path: ['spec', 'owner'],
        },
        {
          msg: 'name',
          file: 'catalog-info.yaml',
          document: 1,
          path: ['metadata', 'name'],
        },
        {
          msg: 'lifecycle',
          file: 'catalog-info.yaml',
          document: 1,
          path: ['spec', 'lifecycle'],
        },
        { msg: 'secret', file: 'src/a.ts', line: 7 },
        { msg: 'nowhere' },
      ],
    });
    expect(findings).toEqual([
      { message: 'nowhere' },
      {
        message: 'not pinned',
        file: '.github/workflows/ci.yml',
        line: 5,
        value: 'actions/checkout@v6',
      },
      { message: 'name', file: 'catalog-info.yaml', line: 7 },
      { message: 'lifecycle', file: 'catalog-info.yaml', line: 8 },
      { message: 'owner', file: 'catalog-info.yaml', line: 9 },
      { message: 'secret', file: 'src/a.ts', line: 7 },
    ]);
  });

  it('leads from manifests to the chart, once for what environments share', () => {
    const denial = (kind: string, environment: string, path: unknown[]) => ({
      msg: `${kind} ${path.at(-1)}`,
      kind,
      name: 'shop',
      path,
      environment,
    });
    const image = ['spec', 'template', 'spec', 'containers', 0, 'image'];
    const { findings } = verdict({
      input: 'manifest',
      needs: ['manifest'],
      deny: [
        denial('Job', 'production', image),
        denial('Job', 'staging', image),
        denial('Deployment', 'staging', ['resources']),
        denial('Deployment', 'production', ['limits', 'memory']),
      ],
    });
    expect(findings).toEqual([
      {
        message: 'production: Deployment memory',
        file: 'chart/env/production.yaml',
        line: 2,
      },
      { message: 'Job image', file: 'chart/templates/job.yaml', line: 6 },
      {
        message: 'staging: Deployment resources',
        file: 'chart/values.yaml',
        line: 4,
      },
    ]);
  });

  it('leads from manifests without a chart to the line of the document', () => {
    const text = `kind: Service
metadata: { name: shop }
---
kind: List
items:
  - kind: Job
    metadata: { name: other }
  - kind: Deployment
    metadata: { name: shop }
    spec:
      template:
        spec:
          containers:
            - image: a
            - image: b
`;
    const path = 'deploy/all.yaml';
    const documents = [
      { kind: 'Service', metadata: { name: 'shop' } },
      {
        kind: 'List',
        items: [
          { kind: 'Job', metadata: { name: 'other' } },
          { kind: 'Deployment', metadata: { name: 'shop' } },
        ],
      },
    ];
    const container = ['spec', 'template', 'spec', 'containers', 1];
    const { findings } = verdict({
      input: 'manifest',
      facts: {
        repository: { files: [{ path, text, documents }] },
        manifest: {
          releases: [
            {
              environment: 'manifests',
              objects: [
                { kind: 'Service', metadata: { name: 'shop' } },
                { kind: 'Deployment', metadata: { name: 'shop' } },
              ],
              templates: [path, path],
            },
          ],
        },
      },
      deny: [
        {
          msg: 'b',
          kind: 'Deployment',
          name: 'shop',
          path: [...container, 'image'],
        },
        {
          msg: 'no limits',
          kind: 'Deployment',
          name: 'shop',
          path: [...container, 'resources'],
        },
        { msg: 'type', kind: 'Service', name: 'shop', path: ['spec', 'type'] },
      ],
    });
    expect(findings).toEqual([
      { message: 'type', file: path, line: 1 },
      { message: 'b', file: path, line: 15 },
      { message: 'no limits', file: path, line: 15 },
    ]);
  });

  it('tells a hundred findings and how many more there are', () => {
    const deny = Array.from({ length: 1234 }, (_, line) => ({
      msg: 'x'.repeat(5000),
      file: 'a.ts',
      line: line + 1,
    }));
    const { findings } = verdict({ deny });
    expect(findings).toHaveLength(101);
    expect(findings[0].message).toHaveLength(1000);
    expect(findings.at(-1)).toEqual({ message: 'and 1134 more like these' });
  });
});
