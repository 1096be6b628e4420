import { Replica } from './__testUtils__/Replica';
import { times, World } from './__testUtils__/World';

jest.setTimeout(180_000 * times(1));

const TASKS = 'backstage_backend_tasks__tasks';
const TASK = 'dora:components';

describe('two replicas', () => {
  let world: World;
  /** Is killed at the worst moments. */
  let killed: Replica;
  let other: Replica;

  beforeAll(async () => {
    world = await World.make();
  });
  afterAll(() => world?.end());

  it('start at once on an empty database', async () => {
    const { replica: first, proxy } = await world.heldReplica();
    const second = await world.replica();
    const looking = proxy.hold({
      statement: /information_schema\.tables[^]*[^_]knex_migrations(?!_lock)/,
      answer: 'SELECT 0',
    });
    first.launch();
    await looking.arrived;
    // It believes that there is no table yet; now would be the other's turn.
    second.launch();
    await world.until('it waits, or has overtaken', async () => {
      const { rows: waiting } = await world.knex.raw(
        `select 1 from pg_locks where locktype = 'advisory' and not granted`,
      );
      return waiting.length > 0 || (await second.readiness()) === 200;
    });
    looking.release();
    await Promise.all([first.ready(), second.ready()]);
    expect([first.runs, second.runs]).toEqual([true, true]);

    await Promise.all([first.end('SIGKILL'), second.end('SIGKILL')]);
    await world.knex.raw('drop schema dora, replicas cascade');
  });

  it('start on an empty database, one killed while it makes its tables', async () => {
    const { replica, proxy } = await world.heldReplica();
    [killed, other] = [replica, await world.replica()];
    const making = proxy.hold({ statement: /create table "observations"/ });
    killed.launch();
    await making.arrived;
    other.launch();
    await killed.end('SIGKILL');
    killed.launch();
    await Promise.all([other.ready(), killed.ready()]);

    const tables: { table_name: string }[] = await world
      .knex('information_schema.tables')
      .where('table_name', 'like', '%migrations_lock')
      .where({ table_schema: 'dora' })
      .select('table_name');
    const locks = await Promise.all(
      tables.map(({ table_name: name }) =>
        world.knex(name).select('is_locked'),
      ),
    );
    expect(locks).toEqual([
      [{ is_locked: 0 }],
      [{ is_locked: 0 }],
      [{ is_locked: 0 }],
    ]);
    const steps: { name: string }[] = await world
      .knex('knex_migrations')
      .select('name');
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
    const { rows: held } = await world.knex.raw(
      `select 1 from pg_locks where locktype = 'advisory'`,
    );
    expect(held).toEqual([]);
  });

  it('do a scheduled task again whose holder was killed in the middle of it', async () => {
    const { knex } = world;
    await world.until('it ran', () => world.count('components'));
    const task = () => knex(TASKS).where({ id: TASK });
    await world.until('it is idle', () =>
      task().whereNull('current_run_ticket').first('id'),
    );
    const lock = await knex.transaction();
    await lock.raw('lock table components in access exclusive mode');
    other.signal('SIGSTOP');
    await task().update({ next_run_start_at: knex.fn.now() });
    const { ticket } = await world.until<{ ticket: string }>('it runs', () =>
      task()
        .whereNotNull('current_run_ticket')
        .first('current_run_ticket as ticket'),
    );
    await world.blocked('components');
    await killed.end('SIGKILL');
    await lock('components').delete();
    await lock.commit();
    other.signal('SIGCONT');

    // It counts as lost five minutes after it began; each looks once a minute.
    if (!process.env.FAULTS_FULL) {
      await task()
        .where({ current_run_ticket: ticket })
        .update({
          current_run_expires_at: knex.raw(`now() - interval '1 second'`),
        });
    }
    await killed.start();
    const seconds = process.env.FAULTS_FULL ? 7 * 60 : 30;
    await world.until('it ran again', () => world.count('components'), seconds);
    expect(await world.count('components')).toBe(1);
  });
});
