import { push, sha } from '../__testUtils__/github';
import { Replica } from './__testUtils__/Replica';
import { STORY, Told, wrongClocks } from './__testUtils__/story';
import { times, World } from './__testUtils__/World';

jest.setTimeout(120_000 * times(1));

const ABOUT =
  'entityRef=component:default/pricing&from=2026-09-01&to=2026-11-01';

describe('what is delivered to two replicas', () => {
  let world: World;
  let one: Replica;
  let two: Replica;

  const tell = async (told: readonly Told[], name: string) => {
    const answers = await Promise.all(
      told.map((part, i) => {
        const replica = i % 2 ? one : two;
        return Array.isArray(part)
          ? replica.observe(part)
          : replica.deliver(part, `${name}-${i}`);
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(told.map(() => 202));
    await world.settled();
  };
  const hundredTimes = (id: string) =>
    Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        (i % 2 ? one : two).deliver(push(0, [1]), id),
      ),
    );
  const ask = async (path: string) => {
    const answer = await one.get(path);
    expect([path, answer.status, answer.text]).toEqual([
      path,
      200,
      answer.text,
    ]);
    return answer.json();
  };
  const metrics = async () => {
    const { asOf: _, ...rest } = await ask(
      `/metrics?${ABOUT}&interval=week&timeZone=UTC`,
    );
    return rest;
  };

  beforeAll(async () => {
    world = await World.make();
    [one, two] = [await world.replica(), await world.replica()];
    one.launch();
    two.launch();
    await one.ready();
    await two.ready();
    await world.until('the component is known', () =>
      world.count('components'),
    );
  });
  afterAll(() => world?.end());
  beforeEach(() => world.empty());

  it('is one row, however often and wherever it comes at once', async () => {
    for (let round = 0; round < times(1); round += 1) {
      const answers = await hundredTimes(`same-${round}`);
      expect(new Set(answers.map(({ status }) => status))).toEqual(
        new Set([202]),
      );
      const fresh = answers.filter(answer => !answer.json().duplicate);
      expect(fresh).toHaveLength(1);
    }
    await world.settled();
    expect(await world.count('inbox', { state: 'done' })).toBe(times(1));
    expect(await world.count('observations')).toBe(1);
  });

  it('says the same in any order', async () => {
    await tell(STORY, 'told');
    const expected = await metrics();
    expect(expected.metrics).toMatchObject({
      deploymentFrequency: { status: 'ok', n: 3 },
      leadTime: { status: 'ok' },
      recoveryTime: { status: 'ok', n: 1, value: 40 * 60 },
      changeFailRate: { status: 'ok' },
    });
    const backwards = [...STORY].reverse();
    const orders = [backwards];
    for (let i = 0; i < times(2); i += 1) {
      const cut = 1 + ((i * 5) % (STORY.length - 1));
      orders.push([...backwards.slice(cut), ...STORY.slice(-cut).reverse()]);
    }
    for (const [i, order] of orders.entries()) {
      await world.empty();
      expect((await metrics()).metrics.leadTime.status).toBe('no-data');
      // One by one, so that facts are made of every beginning.
      for (const [j, part] of order.entries()) {
        await tell([part], `order-${i}-${j}`);
      }
      expect(await metrics()).toEqual(expected);
    }
  });

  it('takes no time from clocks that are wrong, and says so', async () => {
    await tell(wrongClocks(), 'wrong');
    const answers = {
      metrics: await metrics(),
      deployments: await ask(`/deployments?${ABOUT}`),
      changes: await ask(`/changes?${ABOUT}`),
      incidents: await ask(`/incidents?${ABOUT}`),
    };
    expect(answers.changes.items).not.toEqual([]);
    expect(answers.metrics.metrics.leadTime.flagged).toBeGreaterThan(0);
    expect(answers.metrics.metrics.recoveryTime.flagged).toBeGreaterThan(0);
    expect(negatives(answers)).toEqual([]);
  });

  it('is in quarantine where it cannot be read, is shown, and is read again', async () => {
    const { body } = push(0, [1]);
    const broken = { event: 'push', body: { ...body, commits: 7 } };
    const statuses = [
      await one.deliver(broken, 'malformed'),
      await two.deliver({ event: 'weather', body: {} }, 'unknown'),
    ].map(({ status }) => status);
    world.breakToy(true);
    const ancestry = {
      kind: 'ancestry',
      repository: 'git.example.com/tidewater/pricing',
      sha: sha(2),
      ancestor: sha(1),
    };
    statuses.push((await one.observe([ancestry])).status);
    expect(statuses).toEqual([202, 202, 202]);
    await world.settled();
    expect(
      (await two.get('/deliveries?state=quarantined')).json(),
    ).toMatchObject({
      counts: { waiting: 0, done: 0, quarantined: 3 },
      items: [
        { source: 'toy', reason: 'The toy is broken' },
        { deliveryId: 'unknown', reason: expect.stringContaining('weather') },
        { deliveryId: 'malformed', reason: expect.stringContaining('commits') },
      ],
    });

    world.breakToy(false);
    const { id } = await world.knex('inbox').where({ source: 'toy' }).first();
    expect((await two.post(`/deliveries/${id}/replay`)).status).toBe(202);
    await world.settled();
    const [latest] = (await one.get('/deliveries')).json().items;
    expect(latest).toMatchObject({ id, state: 'done', observations: 1 });
  });
});

/** Where a number below zero is. */
function negatives(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return value < 0 ? [`${path} ${value}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    negatives(inner, `${path}.${key}`),
  );
}
