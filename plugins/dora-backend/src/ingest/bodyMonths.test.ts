import { Knex } from 'knex';
import { push } from '../__testUtils__/github';
import {
  blocked,
  bodiesByTable,
  cameAt,
  forgetThisMonth,
  tableAt,
} from '../__testUtils__/months';
import {
  JONAS,
  Portal,
  service,
  settle,
  startPortal,
  storedFacts,
  testDatabases,
} from '../__testUtils__/portal';
import { makeMonths } from './bodyMonths';

jest.setTimeout(60_000);
const open = testDatabases();

describe('months of bodies', () => {
  let knex: Knex;
  let portals: Portal[];
  let table: string;

  const ahead = async () => {
    const { rows } = await knex.raw(
      `select to_char(now() at time zone 'utc' + make_interval(months => n), '"bodies_"YYYY_MM') as name
       from generate_series(0, 2) as n`,
    );
    return rows.map(({ name }: { name: string }) => name);
  };
  const deliver = (count: number, name: string) =>
    Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const { status, body } = await portals[i % 2].deliver(
          push(i, [i + 1], i > 0 ? { before: i } : {}),
          `${name}-${i}`,
        );
        return [status, body.duplicate];
      }),
    );
  const keepHouse = () => Promise.all(portals.map(one => one.run('retention')));
  const none = { bodies_default: 0 };

  beforeEach(async () => {
    knex = await open();
    const options = {
      knex,
      entities: [service('pricing')],
      dora: { retention: { deliveries: '1 day' } },
    };
    portals = [await startPortal(options), await startPortal(options)];
    await portals[0].run('components');
    table = await tableAt(knex);
  });
  afterEach(() => Promise.all(portals.map(one => one.stop())));

  it('have their tables before they begin, made by one of the replicas', async () => {
    expect(Object.keys(await bodiesByTable(knex)).sort()).toEqual(
      [...(await ahead()), 'bodies_default'].sort(),
    );
    expect(await deliver(3, 'a')).toEqual(Array(3).fill([202, false]));
    expect(await bodiesByTable(knex)).toMatchObject({ ...none, [table]: 3 });
  });

  it('begin without a table: all is kept while two replicas make it', async () => {
    await deliver(1, 'before');
    await forgetThisMonth(knex);
    expect(await bodiesByTable(knex)).toMatchObject({ bodies_default: 1 });

    const [first, second] = await Promise.all([
      deliver(60, 'one'),
      deliver(60, 'two'),
      keepHouse(),
    ]);
    expect([...first, ...second]).toEqual(Array(120).fill([202, false]));
    await keepHouse();
    expect(await bodiesByTable(knex)).toMatchObject({ ...none, [table]: 121 });

    await settle(knex, ...portals);
    expect(await knex('inbox').where({ state: 'done' })).toHaveLength(121);
    const facts = await storedFacts(knex);
    expect(await knex('changes')).toHaveLength(60);
    const { body } = await portals[1].post('/rebuild', JONAS);
    expect(body).toEqual({ deliveries: 121, kept: 0 });
    await settle(knex, ...portals);
    expect(await storedFacts(knex)).toBe(facts);
  });

  it('get a table while a delivery is being kept: it is kept in that', async () => {
    await forgetThisMonth(knex);
    const making = await knex.transaction();
    await makeMonths(making);
    const sending = deliver(1, 'meanwhile');
    await blocked(knex);
    await making.commit();
    expect(await sending).toEqual([[202, false]]);
    expect(await bodiesByTable(knex)).toMatchObject({ ...none, [table]: 1 });
  });

  it('have no table while none can be made: all is kept, and who keeps house says so', async () => {
    await forgetThisMonth(knex);
    const locked = await knex.transaction();
    await locked.raw('lock table body_months in share mode');
    const failed = await Promise.allSettled(
      portals.map(one => one.run('retention')),
    );
    expect(failed.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    expect(await deliver(2, 'apart')).toEqual(Array(2).fill([202, false]));
    await locked.commit();
    expect(await bodiesByTable(knex)).toMatchObject({ bodies_default: 2 });
    await settle(knex, ...portals);
    expect(await knex('inbox').where({ state: 'done' })).toHaveLength(2);
    await keepHouse();
    expect(await bodiesByTable(knex)).toMatchObject({ ...none, [table]: 2 });
  });

  it('are not dropped while something of them is about to be read again', async () => {
    const old = `now() - interval '1 year'`;
    await deliver(2, 'old');
    await settle(knex, ...portals);
    for (const i of [0, 1]) {
      await cameAt(knex, { delivery_id: `old-${i}` }, old);
    }
    // As somebody asks for it.
    const asking = await knex.transaction();
    await asking.raw('lock table body_months in row share mode');
    await asking('inbox')
      .where({ delivery_id: 'old-0' })
      .update({
        state: 'waiting',
        claimed_until: knex.raw(`now() + interval '1 hour'`),
      });
    await makeMonths(asking);
    const dropping = portals[0].run('retention');
    await blocked(knex);
    await asking.commit();
    await dropping;
    const oldTable = await tableAt(knex, old);
    expect(await bodiesByTable(knex)).toMatchObject({ [oldTable]: 2 });
    await knex('inbox').update({ claimed_until: null });
    await settle(knex, ...portals);
    await keepHouse();
    expect(await bodiesByTable(knex)).not.toHaveProperty(oldTable);
    expect(await knex('inbox').where({ state: 'done' })).toHaveLength(2);
  });
});
