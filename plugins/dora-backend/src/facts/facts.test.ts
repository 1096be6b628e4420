import { createHash } from 'node:crypto';
import {
  Change,
  Deployment,
  Incident,
} from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import {
  at,
  deployment,
  Payload,
  pull,
  push,
  REPOSITORY,
  sha,
} from '../__testUtils__/github';
import {
  JONAS,
  MAYA,
  Portal,
  service,
  settle,
  startPortal,
  storedFacts,
  testDatabases,
  VISITOR,
} from '../__testUtils__/portal';

jest.setTimeout(90_000);
const open = testDatabases();

/**
 * A squashed pull request, a direct commit, a deployment of both, one that fails,
 * and the rollback; numbers are minutes.
 */
const STORY: Payload[] = [
  push(0, [1]),
  push(10, [11, 12], { branch: 'feature', times: [5, 8] }),
  pull(20, 7, { head: 12 }),
  push(40, [2], { before: 1 }),
  pull(40, 7, { head: 12, merge: 2, createdAt: 20 }),
  push(50, [3], { before: 2 }),
  deployment(60, 1, 3),
  deployment(62, 1, 3, 'in_progress', { startedAt: 60 }),
  deployment(70, 1, 3, 'success', { startedAt: 60 }),
  deployment(75, 2, 3, 'success', { environment: 'staging' }),
  push(80, [4], { before: 3 }),
  deployment(100, 3, 4, 'success', { startedAt: 95 }),
  deployment(101, 1, 3, 'inactive', { startedAt: 60 }),
  deployment(130, 4, 3, 'success', { startedAt: 120 }),
];
const incident = (minutes: number, status: string) => [
  {
    kind: 'incident',
    source: 'toy',
    externalId: 'I1',
    service: 'PD-pricing',
    severity: 'high',
    title: 'Prices are wrong',
    at: at(minutes),
    status,
  },
];

const idOf = (part: object, i: number) =>
  `${createHash('sha256').update(JSON.stringify(part)).digest('hex')}-${i}`;

describe('facts', () => {
  let knex: Knex;
  let portals: Portal[];

  const list = async <T>(what: string, name = 'pricing'): Promise<T[]> => {
    const { body } = await portals[0].get(
      `/${what}?entityRef=component:default/${name}&from=2026-09-01&to=2026-11-01`,
    );
    expect(body.error).toBeUndefined();
    return body.items;
  };
  const start = async (entities = [service('pricing')]) => {
    knex = await open();
    portals = [
      await startPortal({ knex, entities }),
      await startPortal({ knex, entities }),
    ];
    await portals[0].run('components');
  };
  const tell = async (story: (Payload | object[])[]) => {
    await Promise.all(
      story.map((part, i) =>
        Array.isArray(part)
          ? portals[i % 2].observe(part)
          : portals[i % 2].deliver(part, idOf(part, i)),
      ),
    );
    await settle(knex, ...portals);
  };
  const stop = () => Promise.all(portals.map(one => one.stop()));
  const whole = [
    ...STORY,
    incident(110, 'triggered'),
    incident(140, 'resolved'),
  ];

  afterEach(() => stop());

  it('opens a deployment down to its commits, and an incident to its deployment', async () => {
    await start();
    await tell(whole);

    const deployments = await list<Deployment & { changes: number }>(
      'deployments',
    );
    expect(deployments).toMatchObject([
      { startedAt: at(130), kind: 'rollback', sha: sha(3), changes: 0 },
      { finishedAt: at(100), kind: 'planned', changes: 1 },
      { environment: 'staging', production: false, changes: 0 },
      {
        environment: 'production',
        production: true,
        startedAt: at(62),
        finishedAt: at(70),
        result: 'success',
        originalResult: 'success',
        url: 'https://ci.example.com/1',
        changes: 3,
        origin: {
          source: 'github',
          externalId: `${REPOSITORY}/deployments/1`,
        },
      },
    ]);
    const [rollback, bad, , good] = deployments;
    const [broken] = await list<Incident>('incidents');
    expect(broken).toMatchObject({
      startedAt: at(110),
      resolvedAt: at(140),
      deploymentId: bad.id,
      linkedBy: 'window',
    });
    expect(rollback).toMatchObject({
      mendsDeploymentId: bad.id,
      incidentId: broken.id,
    });
    const changes = await list<Change>('changes');
    expect(changes).toMatchObject([
      { mergeSha: sha(4), deploymentId: bad.id, deployedAt: at(100) },
      { mergeSha: sha(3), author: 'maya', deploymentId: good.id },
      {
        number: 7,
        title: 'Pull request 7',
        firstCommitAt: at(5),
        readyAt: at(20),
        mergedAt: at(40),
        mergeSha: sha(2),
        deploymentId: good.id,
        deployedAt: at(70),
        pathsKnown: true,
      },
      { mergeSha: sha(1), mergedAt: at(0), deploymentId: good.id },
    ]);
    expect(changes).toHaveLength(4);
  });

  it('are the same in any order, told twice, and rebuilt', async () => {
    await start();
    await tell(whole);
    const facts = await storedFacts(knex);
    const [first, ...others] = portals;
    await tell([...whole].reverse());
    expect(await storedFacts(knex)).toBe(facts);

    for (const table of ['deployments', 'changes', 'incidents']) {
      await knex(table).delete();
    }
    const { status, body } = await first.post('/rebuild', JONAS);
    expect([status, body.deliveries]).toEqual([202, 30]);
    await settle(knex, first, ...others);
    expect(await storedFacts(knex)).toBe(facts);
    expect(first.audited).toEqual([{ eventId: 'rebuild', ok: true }]);
    await stop();

    await start();
    for (const part of [...whole].reverse()) await tell([part]);
    expect(await storedFacts(knex)).toBe(facts);
  });

  it('follow the catalog: a component that comes, moves into a folder, and goes', async () => {
    await start([]);
    await tell([
      push(0, [1], { paths: ['shop/a.ts'] }),
      push(1, [2], { before: 1, paths: ['shopping/b.ts'] }),
      deployment(5, 1, 2, 'success'),
    ]);
    expect(await storedFacts(knex)).toBe('[[],[],[]]');

    const sync = async (...entities: ReturnType<typeof service>[]) => {
      for (const { state } of portals) state.entities = entities;
      await portals[1].run('components');
      await settle(knex, ...portals);
    };
    await sync(service('pricing'));
    expect(await list('changes')).toHaveLength(2);
    await sync(service('pricing', 'shop/'), service('other', 'shopping'));
    expect(await list('changes')).toMatchObject([{ mergeSha: sha(1) }]);
    expect(await list('changes', 'other')).toMatchObject([
      { mergeSha: sha(2), pathsKnown: true },
    ]);
    expect(await list('deployments', 'other')).toHaveLength(1);
    await tell([
      deployment(9, 2, 2, 'success', {
        payload: { entityRefs: ['component:default/other'] },
      }),
    ]);
    expect(await list('deployments', 'other')).toHaveLength(2);
    expect(await list('deployments')).toHaveLength(1);
    await sync();
    expect(await storedFacts(knex)).toBe('[[],[],[]]');
  });

  it('are told to who may see the component', async () => {
    await start();
    await tell(STORY);
    const path = (what: string, query = 'from=2026-09-01&to=2026-11-01') =>
      `/${what}?entityRef=component:default/pricing&${query}`;
    const status = async (what: string, who: string | null, query?: string) =>
      (await portals[0].get(path(what, query), who)).status;
    for (const what of ['deployments', 'changes', 'incidents']) {
      expect(await status(what, null)).toBe(401);
      expect(await status(what, VISITOR)).toBe(404);
      expect(await status(what, MAYA)).toBe(200);
      expect(await status(what, MAYA, 'from=x&to=2026-11-01')).toBe(400);
      const reversed = 'from=2026-11-01&to=2026-09-01';
      expect(await status(what, MAYA, reversed)).toBe(400);
    }
    const page = async (cursor: string) => {
      const query = `from=2026-09-01&to=2026-11-01&limit=2${cursor}`;
      return (await portals[0].get(path('changes', query))).body;
    };
    const one = await page('');
    const two = await page(`&cursor=${one.next}`);
    expect(one.total).toBe(4);
    expect(two.next).toBeUndefined();
    const ids = [...one.items, ...two.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });
});
