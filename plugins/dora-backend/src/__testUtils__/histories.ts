import {
  Change,
  Deployment,
  Facts,
  Incident,
} from '@waymark/backstage-plugin-dora-common';
import fc from 'fast-check';

const MINUTE = 60_000;
const START = Date.UTC(2026, 1, 20);
/** Seventy days around the last Sunday of March; some clocks are years off. */
const clocks = fc.oneof(
  {
    weight: 30,
    arbitrary: fc
      .integer({ min: 0, max: 70 * 24 * 60 })
      .map(minutes => new Date(START + minutes * MINUTE).toISOString()),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '1970-01-01T00:00:00.000Z',
      '2199-01-01T00:00:00.000Z',
    ),
  },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });
const shas = fc.constantFrom('s1', 's2', 's3', 's4', 's5');
const deploymentIds = fc.integer({ min: 0, max: 24 }).map(index => `d${index}`);

const deployments = fc.array(
  fc.record({
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
);

const changes = fc.array(
  fc.record({
    bot: fc.boolean(),
    firstCommitAt: maybe(clocks),
    readyAt: maybe(clocks),
    mergedAt: clocks,
    mergeSha: shas,
    deployedAt: maybe(clocks),
  }),
  { maxLength: 25 },
);

const incidents = fc.array(
  fc.record({
    startedAt: clocks,
    resolvedAt: maybe(clocks),
    deploymentId: maybe(deploymentIds),
  }),
  { maxLength: 10 },
);

const named = <T extends object>(all: T[], letter: string) =>
  all.map((one, index) => ({
    // What is not there has no key, as when it was stored.
    ...(JSON.parse(JSON.stringify(one)) as T),
    id: `${letter}${index}`,
    // What it is called says whose it is, so that none goes from one to another.
    entityRef: `component:default/${index % 2 === 0 ? 'a' : 'b'}`,
    origin: { source: 'toy', externalId: `${letter}${index}` },
  }));

/** Facts of two components, wrong clocks and loose ends included. */
export const histories: fc.Arbitrary<Facts> = fc
  .record({ deployments, changes, incidents })
  .map(all => {
    const deployed = named(all.deployments, 'd') as Deployment[];
    const owners = new Map(deployed.map(one => [one.id, one.entityRef]));
    return {
      deployments: deployed.map(one => {
        const { mendsDeploymentId: mends, ...rest } = one;
        const own = mends && owners.get(mends) === one.entityRef;
        return {
          ...rest,
          ...(own && { mendsDeploymentId: mends }),
          originalResult: one.result ?? 'in_progress',
        };
      }),
      changes: named(all.changes, 'c').map(
        (one): Change => ({
          ...one,
          repository: 'forge/acme/api',
          title: one.id,
          author: 'maya',
          pathsKnown: true,
        }),
      ),
      incidents: named(all.incidents, 'i').map(
        (one): Incident => ({
          ...one,
          severity: 'high',
          title: one.id,
          linkedBy: one.deploymentId ? 'stated' : 'none',
        }),
      ),
    };
  });

/** Some of the facts, as they may have been before. */
export function partOf(facts: Facts): fc.Arbitrary<Facts> {
  return fc.record({
    deployments: fc.subarray(facts.deployments),
    changes: fc.subarray(facts.changes),
    incidents: fc.subarray(facts.incidents),
  });
}
