import { push, sha } from '../__testUtils__/github';
import { HoldingProxy } from './__testUtils__/HoldingProxy';
import { history, Load } from './__testUtils__/Load';
import { Replica } from './__testUtils__/Replica';
import { times, World } from './__testUtils__/World';

jest.setTimeout(180_000 * times(1));

describe('a replica that is killed or stopped', () => {
  let world: World;
  let proxy: HoldingProxy;
  /** Its answers from the database can be kept back. */
  let held: Replica;
  let other: Replica;
  const accepted = new Set<string>();

  const give = async (replica: Replica, id: string, minutes: number) => {
    const commit = Number(id.replace(/\D/g, ''));
    const answer = await replica.deliver(push(minutes, [commit]), id);
    expect(answer.status).toBe(202);
    accepted.add(id);
    return answer.json();
  };
  /** Only this one works, until the other goes on. */
  const alone = (replica: Replica) =>
    (replica === held ? other : held).signal('SIGSTOP');
  /** Both work, and nothing was lost. */
  const violations = async () => {
    for (const replica of [held, other]) {
      if (!replica.runs) await replica.start();
    }
    return world.violations(other, accepted);
  };
  const rowOf = (id: string) =>
    world
      .knex('inbox')
      .where({ delivery_id: id })
      .first('id', 'state', 'fence', world.knex.raw('xmin::text as version'));

  beforeAll(async () => {
    world = await World.make();
    ({ replica: held, proxy } = await world.heldReplica());
    other = await world.replica();
    held.launch();
    other.launch();
    await held.ready();
    await other.ready();
    await world.until('the component is known', () =>
      world.count('components'),
    );
  });
  afterAll(() => world?.end());
  it('between commit and answer: sent again, it is there once', async () => {
    for (let round = 0; round < times(1); round += 1) {
      const id = `unanswered-${1_000 + round}`;
      const inserting = proxy.hold({
        statement: new RegExp(`insert into "?inbox"?[^]*${id}`),
      });
      const answer = held
        .deliver(push(0, [1_000 + round]), id)
        .then(({ status }) => status)
        .catch(() => 'none');
      await inserting.arrived;
      await world.until('it is committed', () => rowOf(id));
      await held.end('SIGKILL');
      expect(await answer).toBe('none');

      expect((await give(other, id, 0)).duplicate).toBe(true);
      await held.start();
      expect((await give(held, id, 0)).duplicate).toBe(true);
    }
    expect(await violations()).toEqual([]);
  });

  it.each([
    ['reading deliveries', 'inbox', 'observations', 2_001],
    ['making facts', 'units', 'changes', 2_002],
    ['making rows of metrics', 'row_work', 'change_rows', 2_003],
  ])('while %s: the other goes on', async (_what, work, written, commit) => {
    const lock = await world.lock(written);
    try {
      await give(other, `${work}-${commit}`, 10);
      await world.blocked(written);
      await (await world.claimant(work)).end('SIGKILL');
    } finally {
      await lock.rollback();
    }
    await world.leasesEnd();
    await world.settled();
    expect(await world.count('inbox', { state: 'quarantined' })).toBe(0);
    expect(await violations()).toEqual([]);
  });

  it('stopped with a delivery in hand: its late write is refused', async () => {
    alone(held);
    const claiming = proxy.hold({
      statement: /update "inbox" set "claimed_by"/,
      answer: 'late-3000',
    });
    await give(held, 'late-3000', 20);
    await claiming.arrived;
    held.signal('SIGSTOP');
    other.signal('SIGCONT');
    await world.leasesEnd();
    await world.settled();
    const done = await rowOf('late-3000');
    expect(done).toMatchObject({ state: 'done', fence: 2 });

    const writing = proxy.hold({ statement: /from "inbox"[^]*for update/ });
    claiming.release();
    held.signal('SIGCONT');
    await writing.arrived;
    const ending = proxy.hold({ statement: /^[^]{0,9}(COMMIT|ROLLBACK)/i });
    writing.release();
    await ending.arrived;
    expect(await rowOf('late-3000')).toEqual(done);
    ending.release();
    expect(await violations()).toEqual([]);
  });

  it('stopped with old facts in hand: they do not replace new ones', async () => {
    const changes = () => world.count('changes');
    const before = await changes();
    alone(held);
    const reading = proxy.hold({
      statement: /from observations/,
      answer: sha(4_000),
    });
    await give(held, 'older-4000', 30);
    await reading.arrived;
    held.signal('SIGSTOP');
    other.signal('SIGCONT');
    await give(other, 'newer-4001', 40);
    await world.leasesEnd();
    await world.settled();
    expect(await changes()).toBe(before + 2);

    const writing = proxy.hold({ statement: /from "units"[^]*for update/ });
    reading.release();
    held.signal('SIGCONT');
    await writing.arrived;
    const ending = proxy.hold({ statement: /^[^]{0,9}(COMMIT|ROLLBACK)/i });
    writing.release();
    await ending.arrived;
    expect(await changes()).toBe(before + 2);
    ending.release();
    expect(await violations()).toEqual([]);
  });

  it('again and again under load: all is there once', async () => {
    const payloads = history(times(40));
    const load = new Load([held, other], 'load', payloads);
    for (let i = 0; i < times(2); i += 1) {
      await load.reaches(((i + 1) * payloads.length) / (times(2) + 1));
      const replica = i % 2 ? held : other;
      await replica.end('SIGKILL');
      await replica.start();
    }
    await load.ends();
    await world.leasesEnd();
    for (const id of load.accepted) accepted.add(id);
    expect(load.accepted.size).toBe(payloads.length);
    await world.settled();
    expect(await world.count('deployments', { result: 'success' })).toBe(
      payloads.length / 2,
    );
    expect(await violations()).toEqual([]);
  });
});
