import {
  Change,
  Deployment,
  Incident,
} from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { FakeGithub, startFakeGithub } from '../__testUtils__/fakeGithub';
import { at, deployment, pull, push, sha } from '../__testUtils__/github';
import {
  JONAS,
  Portal,
  service,
  settle,
  startPortal,
  storedFacts,
  testDatabases,
} from '../__testUtils__/portal';

jest.setTimeout(90_000);
const open = testDatabases();
/** Examples are of a fixed day. */
const DORA = { backfill: { days: 1_825 } };

describe('the history of a repository on GitHub', () => {
  let knex: Knex;
  let portal: Portal;
  let github: FakeGithub;

  const start = async (entities = [service('pricing')]) => {
    knex = await open();
    const { apiBaseUrl } = github;
    portal = await startPortal({ knex, entities, apiBaseUrl, dora: DORA });
    await portal.run('components');
  };
  const fetchAll = async () => {
    await portal.run('backfill');
    await settle(knex, portal);
    // What that leaves open is asked, and read.
    await portal.run('backfill');
    await settle(knex, portal);
  };
  const progress = async () =>
    (await portal.get('/backfill', JONAS)).body.items[0];
  const list = async <T>(what: string): Promise<T[]> =>
    (
      await portal.get(
        `/${what}?entityRef=component:default/pricing&from=2026-09-01&to=2026-11-01`,
      )
    ).body.items;

  beforeEach(async () => {
    github = await startFakeGithub();
  });
  afterEach(async () => {
    await portal.stop();
    await github.stop();
  });

  it('has deployments, changes back to their first commit, and incidents', async () => {
    await start();
    await fetchAll();
    expect(await progress()).toMatchObject({ state: 'done' });
    expect(await list<Deployment>('deployments')).toMatchObject([
      { sha: sha(4), startedAt: at(95), finishedAt: at(100) },
      { environment: 'staging', result: 'failure' },
      {
        environment: 'production',
        sha: sha(2),
        startedAt: at(62),
        finishedAt: at(70),
        url: 'https://ci.example.com/1',
      },
    ]);
    const changes = await list<Change>('changes');
    expect(changes).toMatchObject([
      { mergeSha: sha(4), mergedAt: at(80), deployedAt: at(100) },
      {
        number: 7,
        firstCommitAt: at(5),
        firstReviewAt: at(30),
        mergedAt: at(40),
        mergeSha: sha(2),
        deployedAt: at(70),
      },
      // Also in what was pushed by force, and before that deployed with the other.
      { mergeSha: sha(1), mergedAt: at(0), deployedAt: at(70) },
    ]);
    expect(changes).toHaveLength(3);
    expect(await list<Incident>('incidents')).toMatchObject([
      { severity: 'high', startedAt: at(110), resolvedAt: at(140) },
    ]);
    const kinds = await knex('observations')
      .select(knex.raw(`data->>'kind' as kind`))
      .distinct();
    expect(kinds.map(({ kind }) => kind).sort()).toEqual([
      'ancestry',
      'deployment',
      'incident',
      'pull-request',
      'pull-request-commits',
      'push',
      'release',
      'workflow-run',
    ]);
    const { counts } = (await portal.get('/deliveries', JONAS)).body;
    expect(counts).toMatchObject({ quarantined: 0, ignored: 0, waiting: 0 });

    const facts = await storedFacts(knex);
    const [{ count }] = await knex('inbox').count();
    await portal.post('/backfill', JONAS).send({});
    await fetchAll();
    expect(await progress()).toMatchObject({ state: 'done', added: 0 });
    expect(await knex('inbox').count()).toEqual([{ count }]);

    const asked = github.asked.length;
    await portal.post('/rebuild', JONAS);
    await settle(knex, portal);
    expect(await storedFacts(knex)).toBe(facts);
    expect(github.asked).toHaveLength(asked);
  });

  it('and its webhooks make one fact of the same, in either order', async () => {
    const webhooks = async () => {
      const said = [
        push(0, [1], { before: 9 }),
        pull(40, 7, { head: 12, merge: 2, createdAt: 20 }),
        deployment(60, 1, 2),
        deployment(62, 1, 2, 'in_progress', { startedAt: 60 }),
        deployment(70, 1, 2, 'success', { startedAt: 60 }),
      ];
      for (const [i, one] of said.entries()) await portal.deliver(one, `w${i}`);
      await settle(knex, portal);
    };
    await start();
    await webhooks();
    await fetchAll();
    const facts = await storedFacts(knex);
    expect(JSON.parse(facts).map((all: object[]) => all.length)).toEqual([
      3, 3, 1,
    ]);
    await portal.stop();
    await start();
    await fetchAll();
    await webhooks();
    expect(await storedFacts(knex)).toBe(facts);
  });

  it('asks what no webhook tells: commits of a fork, and what a forced push kept', async () => {
    await start();
    // Its history was fetched before.
    await knex('backfills').update({ state: 'done' });
    await portal.deliver(push(0, [1], { before: 9 }), 'a');
    await portal.deliver(push(40, [2], { before: 1 }), 'b');
    await portal.deliver(
      pull(40, 7, { head: 12, merge: 2, createdAt: 20 }),
      'c',
    );
    await portal.deliver(push(80, [4], { before: 2, forced: true }), 'd');
    await portal.deliver(deployment(100, 3, 4, 'success'), 'e');
    await settle(knex, portal);
    await portal.run('backfill');
    await settle(knex, portal);
    const asked = github.asked.filter(Boolean);
    expect([...new Set(asked)].sort()).toEqual([
      `/compare/${sha(2)}...${sha(4)}`,
      '/pulls/7',
      '/pulls/7/commits',
    ]);
    expect(await list<Change>('changes')).toMatchObject([
      { mergeSha: sha(4), deployedAt: at(100) },
      { number: 7, firstCommitAt: at(5) },
      { mergeSha: sha(1), deployedAt: at(100) },
    ]);
    await portal.run('backfill');
    await settle(knex, portal);
    expect(github.asked.filter(Boolean)).toHaveLength(asked.length);
  });

  it('waits for the next hour, leaving a tenth of this one to others, and after too many at once', async () => {
    const soon = Math.ceil(Date.now() / 1_000) + 3_600;
    await start();
    github.state.refuse = path =>
      path === '/deployments/3/statuses'
        ? { status: 403, headers: { 'retry-after': '120' } }
        : undefined;
    await portal.run('backfill');
    const waiting = await progress();
    expect(waiting).toMatchObject({
      state: 'waiting',
      part: 'pull requests',
      problem: expect.stringContaining('as many questions'),
    });
    const wait = Date.parse(waiting.waitsUntil) - Date.now();
    expect(wait).toBeGreaterThan(100_000);
    expect(wait).toBeLessThan(121_000);
    // It is left alone, whoever asks.
    const asked = github.asked.length;
    await portal.post('/backfill', JONAS).send({});
    await portal.run('backfill');
    expect(github.asked).toHaveLength(asked);
    await portal.stop();

    github.state.refuse = path =>
      path === '/pulls/7/reviews'
        ? {
            status: 403,
            headers: {
              'x-ratelimit-limit': '5000',
              'x-ratelimit-remaining': '0',
              'x-ratelimit-reset': String(soon),
            },
          }
        : undefined;
    await start();
    await portal.run('backfill');
    expect(await progress()).toMatchObject({
      state: 'waiting',
      part: 'pushes',
      waitsUntil: new Date(soon * 1_000).toISOString(),
    });
  });

  it('says what somebody has to do where it may not be read', async () => {
    github.state.refuse = () => ({ status: 401, headers: {} });
    await start();
    await portal.run('backfill');
    expect(await progress()).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('token'),
    });
    github.state.refuse = () => ({ status: 404, headers: {} });
    await portal.post('/backfill', JONAS).send({});
    await portal.run('backfill');
    expect(await progress()).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('does not show'),
    });
  });

  it('knows pushes by the commits where the host keeps no list of them', async () => {
    const { '/activity': _, ...answers } = github.state.answers;
    const one = (n: number, minutes: number, parents: number[]) => ({
      sha: sha(n),
      parents: parents.map(p => ({ sha: sha(p) })),
      commit: {
        message: `Commit ${n}`,
        committer: { date: at(minutes) },
      },
    });
    github.state.answers = {
      ...answers,
      // A merge of two commits, and a rebase of two.
      '/commits': [
        one(6, 60, [5]),
        one(5, 60, [4]),
        one(4, 40, [1, 3]),
        one(3, 20, [2]),
        one(2, 10, [1]),
        one(1, 0, []),
      ],
    };
    await start([service('pricing', 'shop')]);
    await fetchAll();
    const moves = await knex('observations')
      .select('data')
      .whereRaw(`data->>'kind' = 'push' and data->>'ref' = 'refs/heads/main'`)
      .orderByRaw(`data->>'at'`);
    expect(
      moves.map(({ data }) => [
        data.before ?? null,
        data.after,
        data.commits.map((c: { sha: string }) => c.sha),
      ]),
    ).toEqual([
      [null, sha(1), [sha(1)]],
      [sha(1), sha(4), [sha(2), sha(3), sha(4)]],
      [sha(4), sha(6), [sha(5), sha(6)]],
    ]);
    // Files matter where a component is a part of its repository.
    expect(github.asked).toContain(`/commits/${sha(3)}`);
  });
});
