import { Observation } from '@waymark/backstage-plugin-dora-node';
import fc from 'fast-check';
import { at, REPOSITORY, sha } from '../../__testUtils__/github';
import { Component } from '../../components/ComponentStore';
import { keyOf } from '../../ingest/ObservationStore';
import { DEFAULT_RULES } from '../../rules/rules';
import { fold } from './fold';
import { fits } from './order';

const SETTINGS = {
  ...DEFAULT_RULES,
  production: ['prod*'],
  stated: [],
  overrides: [],
  incidentHours: 24,
  firstDeploymentDays: 30,
};
const COMPONENTS: Component[] = ['', 'shop'].map(path => ({
  entityRef: `component:default/${path || 'all'}`,
  unit: REPOSITORY,
  repository: REPOSITORY,
  path,
  services: ['S'],
}));
const made = (observations: Observation[], settings: object = {}) =>
  fold(
    observations.map(observation => ({ key: keyOf(observation), observation })),
    COMPONENTS,
    { ...SETTINGS, ...settings },
  );

const number = fc.integer({ min: 1, max: 6 });
const time = fc.integer({ min: 0, max: 8 }).map(at);
const common = {
  source: fc.constant('github'),
  repository: fc.constant(REPOSITORY),
};
const commit = fc.record({
  sha: number.map(sha),
  at: time,
  title: fc.constant('x'),
  author: fc.constantFrom('maya', 'jonas'),
  authorIsBot: fc.boolean(),
  paths: fc.option(fc.constantFrom<string[]>(['shop/a'], ['b']), {
    nil: undefined,
  }),
});
const observation = fc.oneof(
  fc.record({
    ...common,
    kind: fc.constant('push' as const),
    ref: fc.constantFrom('refs/heads/main', 'refs/heads/next'),
    before: fc.option(number.map(sha), { nil: undefined }),
    after: fc.option(number.map(sha), { nil: undefined }),
    forced: fc.boolean(),
    at: time,
    defaultBranch: fc.constantFrom('main', 'next'),
    commits: fc.array(commit, { maxLength: 3 }),
  }),
  fc.record({
    ...common,
    kind: fc.constant('pull-request' as const),
    number: fc.constantFrom(1, 2),
    url: fc.constant('u'),
    title: fc.constantFrom('a', 'b'),
    author: fc.constant('maya'),
    authorIsBot: fc.boolean(),
    baseRef: fc.constant('main'),
    headRef: fc.constant('next'),
    headRepository: fc.constant(REPOSITORY),
    headSha: number.map(sha),
    state: fc.constantFrom('open' as const, 'merged' as const),
    createdAt: time,
    mergedAt: fc.option(time, { nil: undefined }),
    mergeSha: fc.option(number.map(sha), { nil: undefined }),
    labels: fc.constant<string[]>([]),
    at: time,
  }),
  fc.record({
    ...common,
    kind: fc.constant('deployment' as const),
    externalId: fc.constantFrom('1', '2', '3'),
    environment: fc.constantFrom('production', 'staging'),
    sha: number.map(sha),
    ref: fc.constant('main'),
    at: time,
    status: fc.constantFrom(
      'queued' as const,
      'success' as const,
      'failure' as const,
      'inactive' as const,
    ),
    originalStatus: fc.constantFrom('x', 'y'),
    planned: fc.option(fc.constant('hotfix' as const), { nil: undefined }),
    task: fc.constant('deploy'),
    byBot: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('incident' as const),
    source: fc.constant('toy'),
    externalId: fc.constantFrom('1', '2'),
    service: fc.constant('S'),
    severity: fc.constantFrom('', 'high'),
    title: fc.constantFrom('a', 'b'),
    at: time,
    status: fc.constantFrom(
      'triggered' as const,
      'resolved' as const,
      'reopened' as const,
      'withdrawn' as const,
    ),
    startedAt: fc.option(time, { nil: undefined }),
    cause: fc.option(
      number.map(n => ({ sha: sha(n) })),
      { nil: undefined },
    ),
  }),
);

describe('fold', () => {
  it('makes the same facts of 1,000 random histories in any order', () => {
    const permuted = fc
      .array(observation, { maxLength: 25 })
      .chain(all =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length }),
        ),
      );
    fc.assert(
      fc.property(permuted, ([all, other]) => {
        expect(made(other)).toEqual(made(all));
      }),
      { numRuns: 1_000 },
    );
  });

  const run = (minutes: number, status: 'queued' | 'success'): Observation => ({
    kind: 'workflow-run',
    source: 'github',
    externalId: 'run',
    repository: REPOSITORY,
    workflow: 'Deploy',
    path: '.github/workflows/deploy.yaml',
    branch: 'main',
    event: 'push',
    sha: sha(1),
    at: at(minutes),
    status,
    originalStatus: status,
    url: 'u',
    byBot: false,
  });

  it('takes runs of workflows for deployments only where it is told to', () => {
    const runs = [run(0, 'queued'), run(9, 'success')];
    expect(made(runs).deployments).toEqual([]);
    const rule = {
      from: 'workflow-run',
      repository: '*/pricing',
      workflow: '*/deploy.y*ml',
      branch: 'main',
      environment: 'prod-eu',
    };
    const { deployments } = made(runs, { deployments: [rule] });
    expect(deployments).toHaveLength(2);
    expect(deployments[0]).toMatchObject({
      environment: 'prod-eu',
      production: true,
      startedAt: at(0),
      finishedAt: at(9),
      sha: sha(1),
    });
    const other = { ...rule, branch: 'release-*' };
    expect(made(runs, { deployments: [other] }).deployments).toEqual([]);
  });

  it('opens an incident again', () => {
    const step = (
      minutes: number,
      status: 'triggered' | 'resolved' | 'reopened' | 'withdrawn',
    ): Observation => ({
      kind: 'incident',
      source: 'toy',
      externalId: '1',
      service: 'S',
      severity: '',
      title: 'x',
      at: at(minutes),
      status,
    });
    const all = [
      step(9, 'resolved'),
      step(0, 'triggered'),
      step(20, 'reopened'),
      step(31, 'resolved'),
      step(30, 'resolved'),
    ];
    const resolved = (until: number) =>
      made(all.slice(0, until)).incidents[0].resolvedAt;
    expect([1, 2, 3, 4, 5].map(resolved)).toEqual([
      at(9),
      at(9),
      undefined,
      at(31),
      at(30),
    ]);
    const again = [...all, step(40, 'withdrawn')];
    expect(made(again).incidents).toEqual([]);
    const [back] = made([...again, step(50, 'resolved')]).incidents;
    expect(back).toMatchObject({ startedAt: at(0), resolvedAt: at(30) });
  });

  it.each([
    ['production', 'Production', true],
    ['production', 'production-eu', false],
    ['prod-*', 'prod-eu', true],
    ['prod-*', 'preprod-eu', false],
    ['*-prod', 'eu-prod', true],
    ['a*a', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['*', '', true],
  ])('fits %s to %s: %s', (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });
});
