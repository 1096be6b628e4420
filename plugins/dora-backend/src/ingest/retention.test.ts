import { Knex } from 'knex';
import { deployment, push } from '../__testUtils__/github';
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

jest.setTimeout(60_000);
const open = testDatabases();

describe('retention of deliveries', () => {
  let knex: Knex;
  let portals: Portal[];
  const toy = new ToySource();
  const bodies = async () =>
    (
      await knex('inbox')
        .whereNotNull('body')
        .orderBy('id')
        .select('delivery_id')
    ).map(row => row.delivery_id);
  const age = (delivery: string, interval: string) =>
    knex('inbox')
      .where({ delivery_id: delivery })
      .update({ received_at: knex.raw(`now() - ?::interval`, [interval]) });
  const prune = () => Promise.all(portals.map(one => one.run('retention')));

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
    await age('old', '30 days 1 minute');
    await age('edge', '30 days -1 minute');
    await knex('inbox')
      .where({ source: 'toy' })
      .update({ received_at: knex.raw(`now() - interval '1 year'`) });
  });
  afterAll(() => Promise.all(portals.map(one => one.stop())));

  it('drops old bodies once, by any number of replicas, and keeps what needs somebody', async () => {
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

  it('drops what is read while it is rebuilt no sooner than it is read', async () => {
    await portals[0].post('/rebuild', JONAS);
    await age('new', '31 days');
    await prune();
    expect(await bodies()).toContain('new');
    await settle(knex, ...portals);
    await prune();
    expect(await bodies()).not.toContain('new');
    expect(await knex('changes')).toHaveLength(2);
  });
});
