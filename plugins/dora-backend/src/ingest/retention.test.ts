import { Knex } from 'knex';
import { deployment, push } from '../__testUtils__/github';
import { bodiesByTable, cameAt, tableAt } from '../__testUtils__/months';
import {
  JONAS,
  Portal,
  service,
  settle,
  startPortal,
  storedFacts,
  testDatabases,
  ToySource,
} from '../__testUtils__/portal';
import { BODY } from './bodyMonths';

jest.setTimeout(60_000);
const open = testDatabases();

/** The month that holds the last day on which bodies are kept began then. */
const EDGE = `date_trunc('month', now() - interval '30 days', 'utc')`;
const OLD = `${EDGE} - interval '1 minute'`;
const OLDER = `${EDGE} - interval '3 months'`;
const YEAR = `now() - interval '1 year'`;

describe('retention of deliveries', () => {
  let knex: Knex;
  let portals: Portal[];
  const toy = new ToySource();
  const bodies = async () =>
    (
      await knex('inbox')
        .whereRaw(`${BODY} is not null`)
        .orderBy('id')
        .select('delivery_id')
    ).map(row => row.delivery_id);
  const came = (delivery: string, instant: string) =>
    cameAt(knex, { delivery_id: delivery }, instant);
  const prune = () => Promise.all(portals.map(one => one.run('retention')));
  const versions = () =>
    knex('inbox')
      .whereNot({ source: 'toy' })
      .orderBy('id')
      .select('delivery_id', knex.raw('xmin::text as version'));

  beforeAll(async () => {
    knex = await open();
    const options = {
      knex,
      toy,
      entities: [service('pricing')],
      dora: { retention: { deliveries: '30 days' } },
    };
    portals = [await startPortal(options), await startPortal(options)];
    await portals[0].run('components');
    await portals[0].deliver(push(0, [1]), 'old');
    await portals[0].deliver(push(1, [2], { before: 1 }), 'new');
    await portals[0].deliver(deployment(5, 1, 2, 'success'), 'edge');
    toy.broken = true;
    await portals[0].observe([]);
    await settle(knex, ...portals);
    await came('old', OLD);
    await came('edge', EDGE);
    await cameAt(knex, { source: 'toy' }, YEAR);
  });
  afterAll(() => Promise.all(portals.map(one => one.stop())));

  it('drops whole months once, by any number of replicas, and keeps what needs somebody', async () => {
    const before = await versions();
    await prune();
    expect(await bodies()).toEqual([
      'new',
      'edge',
      expect.stringMatching(/^sha256:/),
    ]);
    const { body } = await portals[0].get('/deliveries', JONAS);
    const dropped = body.items.filter(
      (one: { bodyDroppedAt?: string }) => one.bodyDroppedAt,
    );
    expect(dropped).toMatchObject([
      { deliveryId: 'old', state: 'done', observations: 1 },
    ]);

    const tables = await bodiesByTable(knex);
    expect(tables).toHaveProperty(await tableAt(knex, EDGE), 1);
    expect(tables).toHaveProperty('bodies_default', 0);
    expect(tables).not.toHaveProperty(await tableAt(knex, OLD));
    expect(tables).not.toHaveProperty(await tableAt(knex, YEAR));
    expect(await versions()).toEqual(before);
  });

  it('knows a delivery again that has none', async () => {
    const { status, body } = await portals[1].deliver(push(0, [1]), 'old');
    expect([status, body.duplicate]).toEqual([202, true]);
    expect(await bodies()).toHaveLength(3);
  });

  it('reads none again without a body, and says so', async () => {
    const { id } = await knex('inbox').where({ delivery_id: 'old' }).first();
    const { status, body } = await portals[0].post(
      `/deliveries/${id}/replay`,
      JONAS,
    );
    expect(status).toBe(409);
    expect(body.error.message).toMatch(
      /body was dropped.*what it said is kept/,
    );
    expect(await knex('inbox').where({ state: 'waiting' })).toEqual([]);
  });

  it('loses no fact when all is rebuilt', async () => {
    const facts = await storedFacts(knex);
    const { status, body } = await portals[0].post('/rebuild', JONAS);
    expect([status, body]).toEqual([202, { deliveries: 3, kept: 1 }]);
    await settle(knex, ...portals);
    expect(await storedFacts(knex)).toBe(facts);
    expect(await knex('changes')).toHaveLength(2);
    expect(await knex('inbox').where({ rebuilding: true })).toEqual([]);
  });

  it('drops what is to be read again no sooner than it is read', async () => {
    const held = (until: string | null) =>
      knex('inbox')
        .where({ delivery_id: 'new' })
        .update({ state: 'waiting', claimed_until: until && knex.raw(until) });
    await came('new', OLDER);
    // A replica is about to read it.
    await held(`now() + interval '1 hour'`);
    await prune();
    expect(await bodies()).toContain('new');
    await held(null);
    await settle(knex, ...portals);
    await prune();
    expect(await bodies()).not.toContain('new');
    expect(await knex('changes')).toHaveLength(2);
  });

  it('drops what was in quarantine as soon as it is read', async () => {
    const { id } = await knex('inbox').where({ source: 'toy' }).first();
    await prune();
    expect(await bodies()).toHaveLength(2);
    toy.broken = false;
    const path = `/deliveries/${id}/replay`;
    expect((await portals[0].post(path, JONAS)).status).toBe(202);
    await settle(knex, ...portals);
    expect(await knex('inbox').where({ id }).first()).toMatchObject({
      state: 'done',
    });
    await prune();
    expect(await bodies()).toEqual(['edge']);
    expect((await portals[0].post(path, JONAS)).status).toBe(409);
  });
});
