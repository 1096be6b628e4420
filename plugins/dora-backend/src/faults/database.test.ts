import { randomBytes } from 'node:crypto';
import { push } from '../__testUtils__/github';
import { history, Load } from './__testUtils__/Load';
import { Replica } from './__testUtils__/Replica';
import { times, World } from './__testUtils__/World';

jest.setTimeout(180_000 * times(1));

/** Connections of a replica. */
const POOL = 4;

/** Text that takes as much room as it has bytes, also compressed. */
const random = (bytes: number) => randomBytes(bytes).toString('base64');
const within = (status: number, from: number) =>
  status >= from && status < from + 100;

describe('a database that fails', () => {
  let world: World;
  let one: Replica;
  let two: Replica;
  const accepted = new Set<string>();
  let pids: number[];

  /** Nothing was lost, and nobody was started again. */
  const violations = async () => {
    const found = await world.violations(one, accepted);
    const alive = [one, two].filter(replica => replica.runs);
    if (String(alive.map(({ pid }) => pid)) !== String(pids)) {
      found.push('a replica ended');
    }
    return found;
  };
  const comeBack = () => world.postgres.comeBack();
  const whileAway = async () => ({
    readiness: await one.readiness(),
    liveness: (await one.call('GET', '/.backstage/health/v1/liveness')).status,
    delivery: (await two.deliver(push(0, [1]), 'away')).status,
  });
  const back = () =>
    Promise.all(
      [one, two].map(replica =>
        world.until(
          'it is ready again',
          async () => (await replica.readiness()) === 200,
          30,
        ),
      ),
    );

  beforeAll(async () => {
    world = await World.make();
    const options = { knexConfig: { pool: { min: 0, max: POOL } } };
    [one, two] = [await world.replica(options), await world.replica(options)];
    one.launch();
    two.launch();
    await one.ready();
    await two.ready();
    pids = [one.pid, two.pid];
    await world.until('the component is known', () =>
      world.count('components'),
    );
  });
  afterAll(() => world?.end());
  it('restarted at once under load: 5xx while it is away, and all is there once', async () => {
    for (let round = 0; round < times(1); round += 1) {
      const payloads = history(40);
      const load = new Load([one, two], `crash-${round}`, payloads);
      await load.reaches(20);
      await world.postgres.crash();
      const seen = await whileAway().finally(comeBack);
      expect(seen).toEqual({ readiness: 503, liveness: 200, delivery: 500 });
      await back();
      await load.ends();
      expect(load.accepted.size).toBe(payloads.length);
      expect(
        load.statuses.filter(
          status => !within(status, 200) && !within(status, 500),
        ),
      ).toEqual([]);
      for (const id of load.accepted) accepted.add(id);
      // What was in hand as it happened is free after its lease.
      await world.leasesEnd();
      expect(await violations()).toEqual([]);
    }
  });

  it('whose connections all end while idle: the next delivery is kept', async () => {
    await world.settled();
    expect(await world.postgres.terminateAll()).toBeGreaterThan(1);
    const load = new Load([one, two], 'idle', history(4));
    await Promise.all([load.ends(), back()]);
    for (const id of load.accepted) accepted.add(id);
    expect(await violations()).toEqual([]);
  });

  it('whose table is locked and whose connections are all in use: 5xx in time', async () => {
    const large = random(100_000);
    const send = () =>
      Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 ? one : two).deliver(
            { event: 'star', body: { i, large } },
            `locked-${i}`,
          ),
        ),
      );
    const lock = await world.lock('inbox');
    const everyConnectionWaits = async () => {
      const waiting = await world
        .knex('pg_stat_activity')
        .where({ wait_event_type: 'Lock' });
      return waiting.length >= 2 * POOL;
    };
    const sending = send();
    const refused = await world
      .until('every connection waits', everyConnectionWaits)
      .then(() => sending)
      .finally(() => lock.rollback());
    expect(new Set(refused.map(({ status }) => status))).toEqual(
      new Set([503]),
    );
    await back();
    const taken = await send();
    expect(new Set(taken.map(({ status }) => status))).toEqual(new Set([202]));
    for (let i = 0; i < 20; i += 1) accepted.add(`locked-${i}`);
    expect(await violations()).toEqual([]);
  });

  it('whose disk is full: 5xx, and only what is there was accepted', async () => {
    const payloads = Array.from({ length: 24 }, (_, i) => ({
      event: 'star',
      body: { i, large: random(1_500_000) },
    }));
    const send = async (which: number) =>
      (which % 2 ? one : two).deliver(payloads[which], `full-${which}`);
    world.postgres.limitFiles(17 * 1024 * 1024);
    const statuses: number[] = [];
    for (const i of payloads.keys()) statuses.push((await send(i)).status);
    const refused = [...payloads.keys()].filter(i => statuses[i] !== 202);
    expect(refused.filter(i => !within(statuses[i], 500))).toEqual([]);
    for (const i of payloads.keys()) {
      if (statuses[i] === 202) accepted.add(`full-${i}`);
    }
    expect(await world.count('inbox')).toBe(accepted.size);
    expect(refused).not.toEqual([]);
    world.postgres.limitFiles('unlimited');
    for (const i of refused) {
      expect((await send(i)).status).toBe(202);
      accepted.add(`full-${i}`);
    }
    expect(await violations()).toEqual([]);
  });
});
