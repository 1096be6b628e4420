import {
  AskAgainLater,
  FetchedDelivery,
  HistoryRequest,
  NotAnswered,
  Question,
  SourceHistory,
} from '@waymark/backstage-plugin-dora-node';
import { Knex } from 'knex';
import { at, REPOSITORY, sha } from '../__testUtils__/github';
import {
  JONAS,
  MAYA,
  Portal,
  service,
  settle,
  startPortal,
  storedFacts,
  testDatabases,
  ToySource,
} from '../__testUtils__/portal';

jest.setTimeout(90_000);
const open = testDatabases();

const DEPLOYMENTS = 7;
const deployed = (n: number): FetchedDelivery => ({
  deliveryId: `history deployments/${n}`,
  event: 'observations',
  body: [
    {
      kind: 'deployment',
      source: 'toy',
      externalId: `${n}`,
      repository: REPOSITORY,
      environment: 'production',
      sha: sha(n),
      ref: 'main',
      at: at(n),
      status: 'success',
      originalStatus: 'success',
      task: 'deploy',
      byBot: false,
    },
  ],
});

/** Tells two deployments a page, newest first. */
class ToyHistory extends ToySource {
  readonly asked: (string | undefined)[] = [];
  /** Called before a page is told. */
  before: (cursor: string | undefined) => unknown = () => undefined;
  readonly history: SourceHistory = {
    knows: repository => repository === REPOSITORY,
    pages: request => this.pages(request),
    ask: async (_question: Question) => [],
  };

  private async *pages({ cursor, signal }: HistoryRequest) {
    let from = cursor;
    for (let i = Number(from ?? DEPLOYMENTS); i > 0; i -= 2) {
      this.asked.push(from);
      await this.before(from);
      signal.throwIfAborted();
      from = `${i - 2}`;
      yield {
        deliveries: [i, i - 1].filter(Boolean).map(deployed),
        cursor: from,
        part: 'deployments',
        reached: new Date(at(i)),
      };
    }
  }
}

describe('backfill', () => {
  let knex: Knex;
  let toys: ToyHistory[];
  let portals: Portal[];

  const start = async (entities = [service('pricing')]) => {
    toys = [new ToyHistory(), new ToyHistory()];
    portals = [];
    for (const toy of toys) {
      portals.push(await startPortal({ knex, entities, toy }));
    }
    await portals[0].run('components');
  };
  const state = async () => (await portals[0].get('/backfill', JONAS)).body;
  const post = (body: object, who: string | null = JONAS) =>
    portals[0].post('/backfill', who).send(body);
  const begun = <T>(make: (resolve: (value: T) => void) => void) =>
    new Promise<T>(make);

  beforeEach(async () => {
    knex = await open();
  });
  afterEach(() => Promise.all(portals.map(one => one.stop())));

  it('fetches what is new in the catalog once; again adds nothing, and facts are made anew without asking', async () => {
    await start([]);
    expect(await state()).toMatchObject({ items: [], days: 180 });
    for (const portal of portals) portal.state.entities = [service('pricing')];
    await portals[1].run('components');
    expect(await state()).toMatchObject({
      items: [{ repository: REPOSITORY, state: 'waiting', fetched: 0 }],
      counts: { waiting: 1, running: 0, done: 0, failed: 0 },
    });
    await Promise.all(portals.map(one => one.run('backfill')));
    await settle(knex, ...portals);
    const [done] = (await state()).items;
    expect(done).toMatchObject({ state: 'done', fetched: 7, added: 7 });
    const facts = await storedFacts(knex);
    expect(JSON.parse(facts)[0]).toHaveLength(DEPLOYMENTS);
    const asked = toys.flatMap(toy => toy.asked).length;

    await portals[1].run('components');
    await portals[1].run('backfill');
    expect(toys.flatMap(toy => toy.asked)).toHaveLength(asked);

    expect((await post({})).body).toEqual({ repositories: 1 });
    await portals[0].run('backfill');
    await settle(knex, ...portals);
    const [again] = (await state()).items;
    expect(again).toMatchObject({ state: 'done', fetched: 7, added: 0 });
    expect(await knex('inbox').select()).toHaveLength(DEPLOYMENTS);
    expect(await storedFacts(knex)).toBe(facts);

    const told = toys.flatMap(toy => toy.asked).length;
    expect((await portals[0].post('/rebuild', JONAS)).status).toBe(202);
    await settle(knex, ...portals);
    expect(await storedFacts(knex)).toBe(facts);
    expect(toys.flatMap(toy => toy.asked)).toHaveLength(told);
  });

  it('goes on where the last page was kept when its worker is gone, whose late page is refused', async () => {
    await start();
    const [one, two] = toys;
    let release: (value?: unknown) => void = () => undefined;
    const stuck = begun<void>(resolve => {
      one.before = cursor =>
        cursor === '5' &&
        new Promise(released => {
          release = released;
          resolve();
        });
    });
    const late = portals[0].run('backfill');
    await stuck;
    expect(await state()).toMatchObject({
      items: [{ state: 'running', fetched: 2, reached: at(7) }],
    });
    await portals[1].run('backfill');
    expect(two.asked).toEqual([]);

    // As after kill -9: nobody renews the lease.
    await knex('backfills').update({ claimed_until: new Date(0) });
    await portals[1].run('backfill');
    expect(two.asked).toEqual(['5', '3', '1']);
    release();
    await late;
    expect(one.asked).toEqual([undefined, '5']);
    expect(await state()).toMatchObject({
      items: [{ state: 'done', fetched: 7, added: 7 }],
    });
    await settle(knex, ...portals);
    expect(JSON.parse(await storedFacts(knex))[0]).toHaveLength(DEPLOYMENTS);
  });

  it('is taken over when its replica stops', async () => {
    await start();
    const stuck = begun<void>(resolve => {
      toys[0].before = cursor =>
        cursor === '5' && (resolve(), new Promise(r => setImmediate(r)));
    });
    const ended = portals[0].run('backfill');
    await stuck;
    await portals[0].stop();
    await ended;
    portals.shift();
    await portals[0].run('backfill');
    expect(toys[1].asked[0]).toBeDefined();
    expect((await portals[0].get('/backfill', JONAS)).body).toMatchObject({
      items: [{ state: 'done', fetched: 7, added: 7 }],
    });
  });

  it('waits as long as the source wants, and says so; what failed waits for somebody', async () => {
    await start();
    const later = new Date(Date.now() + 3_600_000);
    for (const toy of toys) {
      toy.before = cursor => {
        if (cursor === '3')
          throw new AskAgainLater('Too many questions', later);
      };
    }
    await portals[0].run('backfill');
    expect((await state()).items).toMatchObject([
      {
        state: 'waiting',
        problem: 'Too many questions',
        waitsUntil: later.toISOString(),
        fetched: 4,
      },
    ]);
    for (const portal of portals) await portal.run('backfill');
    expect(toys.flatMap(toy => toy.asked)).toHaveLength(3);

    for (const toy of toys) {
      toy.before = () => {
        throw new NotAnswered('The repository cannot be seen');
      };
    }
    await knex('backfills').update({ due_at: knex.fn.now() });
    await portals[0].run('backfill');
    expect(await state()).toMatchObject({
      items: [{ state: 'failed', problem: 'The repository cannot be seen' }],
      counts: { failed: 1 },
    });

    for (const toy of toys) {
      toy.before = () => {
        throw new Error('502');
      };
    }
    expect((await post({ repository: REPOSITORY })).status).toBe(202);
    await portals[0].run('backfill');
    expect((await state()).items).toMatchObject([
      { state: 'waiting', problem: '502', fetched: 0 },
    ]);
    for (const toy of toys) toy.before = () => undefined;
    await knex('backfills').update({ due_at: knex.fn.now() });
    await portals[0].run('backfill');
    const [done] = (await state()).items;
    expect(done).toMatchObject({ state: 'done', fetched: 7 });
    expect(done.problem).toBeUndefined();
  });

  it('is for those who manage deliveries, and says what is wrong with a question', async () => {
    await start();
    const [portal] = portals;
    expect((await portal.get('/backfill', null)).status).toBe(401);
    expect((await portal.get('/backfill', MAYA)).status).toBe(403);
    expect((await post({}, null)).status).toBe(401);
    expect((await post({}, MAYA)).status).toBe(403);
    expect((await portal.get('/backfill?limit=0', JONAS)).status).toBe(400);
    expect((await post({ repository: 7 })).status).toBe(400);
    expect((await post({ repo: 'x' })).status).toBe(400);
    const missing = await post({ repository: 'git.example.com/a/b' });
    expect(missing.status).toBe(404);
    expect(missing.body.error.message).toContain('git.example.com/a/b');
    expect((await post({ repository: REPOSITORY.toUpperCase() })).body).toEqual(
      { repositories: 1 },
    );
    expect(portal.audited).toEqual([
      { eventId: 'backfill-start', ok: false },
      { eventId: 'backfill-start', ok: false },
      { eventId: 'backfill-start', ok: false },
      { eventId: 'backfill-start', ok: false },
      { eventId: 'backfill-start', ok: true },
    ]);
  });
});
