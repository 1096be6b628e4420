import fc from 'fast-check';
import { Change, Deployment, Facts, Incident } from '../../facts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 1, 20);
/** Seventy days around the last Sunday of March. */
const instants = fc
  .integer({ min: 0, max: 70 * 24 * 60 })
  .map(minutes => new Date(START + minutes * MINUTE).toISOString());
/** Mostly believable; some clocks are years off. */
const clocks = fc.oneof(
  { weight: 30, arbitrary: instants },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '0001-01-01T00:00:00.000Z',
      '1970-01-01T00:00:00.000Z',
      '2199-01-01T00:00:00.000Z',
    ),
  },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });
const entityRefs = fc.constantFrom(
  'component:default/a',
  'component:default/b',
);
const shas = fc.constantFrom('s1', 's2', 's3', 's4', 's5');
const deploymentIds = fc.integer({ min: 0, max: 24 }).map(index => `d${index}`);

const deployments: fc.Arbitrary<Deployment[]> = fc
  .array(
    fc.record({
      entityRef: entityRefs,
      environment: fc.constantFrom('production', 'prod-eu'),
      production: fc.constantFrom(true, true, true, false),
      region: maybe(fc.constantFrom('eu', 'us')),
      sha: maybe(shas),
      startedAt: clocks,
      finishedAt: maybe(clocks),
      result: maybe(fc.constantFrom('success', 'failure', 'cancelled')),
      kind: fc.constantFrom('planned', 'planned', 'hotfix', 'rollback'),
      mendsDeploymentId: maybe(deploymentIds),
      incidentId: maybe(fc.constantFrom('i0', 'i1')),
    }),
    { maxLength: 25 },
  )
  .map(all =>
    all.map((of, index) => ({
      ...of,
      id: `d${index}`,
      originalResult: of.result ?? 'in_progress',
      origin: { source: 'github', externalId: `d${index}` },
    })),
  );

const changes: fc.Arbitrary<Change[]> = fc
  .array(
    fc.record({
      entityRef: entityRefs,
      bot: fc.boolean(),
      firstCommitAt: maybe(clocks),
      readyAt: maybe(clocks),
      mergedAt: clocks,
      mergeSha: shas,
      deployedAt: maybe(clocks),
    }),
    { maxLength: 25 },
  )
  .map(all =>
    all.map((of, index) => ({
      ...of,
      id: `c${index}`,
      repository: 'forge/acme/api',
      title: `c${index}`,
      author: 'maya',
      pathsKnown: true,
      origin: { source: 'github', externalId: `c${index}` },
    })),
  );

const incidents: fc.Arbitrary<Incident[]> = fc
  .array(
    fc.record({
      entityRef: entityRefs,
      startedAt: clocks,
      resolvedAt: maybe(clocks),
      deploymentId: maybe(deploymentIds),
    }),
    { maxLength: 10 },
  )
  .map(all =>
    all.map((of, index) => ({
      ...of,
      id: `i${index}`,
      severity: 'high',
      title: `i${index}`,
      linkedBy: of.deploymentId ? ('stated' as const) : ('none' as const),
      origin: { source: 'pagerduty', externalId: `i${index}` },
    })),
  );

/** Histories of two components, wrong clocks and loose ends included. */
export const histories: fc.Arbitrary<Facts> = fc.record({
  deployments,
  changes,
  incidents,
});

/** The same facts in another order. */
export function shuffled(facts: Facts): fc.Arbitrary<Facts> {
  const order = <T>(all: T[]) =>
    fc.shuffledSubarray(all, { minLength: all.length });
  return fc.record({
    deployments: order(facts.deployments),
    changes: order(facts.changes),
    incidents: order(facts.incidents),
  });
}

/** From 25 February until 25 April, which is after `now` for some. */
export const windows = fc.record({
  from: fc.integer({ min: 5, max: 30 }).map(day => START + day * 1440 * MINUTE),
  to: fc.integer({ min: 31, max: 64 }).map(day => START + day * 1440 * MINUTE),
  timeZone: fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Pacific/Auckland',
  ),
  interval: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
});

export const nows = fc
  .integer({ min: 40, max: 80 })
  .map(day => START + day * 1440 * MINUTE);
