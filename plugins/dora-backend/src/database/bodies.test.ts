import { zstdCompressSync } from 'node:zlib';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { push } from '../__testUtils__/github';
import { bodiesByTable, cameAt } from '../__testUtils__/months';
import {
  JONAS,
  service,
  settle,
  startPortal,
  storedFacts,
  testDatabases,
} from '../__testUtils__/portal';
import { MIGRATIONS, openDatabase } from './migrate';

jest.setTimeout(60_000);
const open = testDatabases();
const STEP = {
  directory: MIGRATIONS,
  name: '20261121194500_body_months.js',
};

describe('bodies of deliveries', () => {
  let knex: Knex;
  /** As they were kept before there were months. */
  const keep = (minute: number, row: object = {}) => {
    const text = JSON.stringify(push(minute, [minute + 1]).body);
    return knex('inbox').insert({
      source: 'github',
      delivery_id: `before-${minute}`,
      event: 'push',
      body: zstdCompressSync(text),
      size: Buffer.byteLength(text),
      ...row,
    });
  };
  const start = async () => {
    const entities = [service('pricing')];
    const portal = await startPortal({ knex, entities });
    await portal.run('components');
    await settle(knex, portal);
    return portal;
  };

  it('stay where they lie, are read there and beside there, and go back', async () => {
    knex = await open();
    await openDatabase(
      mockServices.database.mock({ getClient: async () => knex }),
    );
    await knex.migrate.down(STEP);
    await keep(0);
    await keep(1, { state: 'quarantined', reason: 'As it was' });
    await keep(2, {
      state: 'done',
      body: null,
      body_dropped_at: knex.fn.now(),
    });
    await keep(3, { state: 'done', received_at: '2020-01-01T00:00:00Z' });
    const rows = await knex('inbox').select('body').orderBy('id');

    let portal = await start();
    expect(await knex('inbox').select('body').orderBy('id')).toEqual(rows);
    await portal.deliver(push(4, [5]), 'after');
    await portal.deliver(push(5, [6]), 'long-ago');
    await settle(knex, portal);
    await cameAt(
      knex,
      { delivery_id: 'long-ago' },
      `timestamptz '2020-01-01T00:00:00Z'`,
    );
    expect((await portal.deliver(push(0, [1]), 'before-0')).body).toMatchObject(
      { duplicate: true },
    );
    await portal.run('retention');
    const listed = (await portal.get('/deliveries', JONAS)).body.items;
    expect(
      listed
        .filter((one: { bodyDroppedAt?: string }) => one.bodyDroppedAt)
        .map((one: { deliveryId: string }) => one.deliveryId),
    ).toEqual(['long-ago', 'before-3', 'before-2']);
    expect((await portal.post('/rebuild', JONAS)).body).toEqual({
      deliveries: 3,
      kept: 3,
    });
    await settle(knex, portal);
    const facts = await storedFacts(knex);
    expect(await knex('changes')).toHaveLength(4);
    await portal.stop();

    await knex.migrate.down(STEP);
    expect(
      await knex('inbox')
        .orderBy('id')
        .select(
          'delivery_id',
          knex.raw('body is null as "isDropped"'),
          knex.raw('body_dropped_at is null as "isThere"'),
        ),
    ).toEqual(
      [
        ['before-0', false],
        ['before-1', false],
        ['before-2', true],
        ['before-3', true],
        ['after', false],
        ['long-ago', true],
      ].map(([id, isDropped]) => ({
        delivery_id: id,
        isDropped,
        isThere: !isDropped,
      })),
    );

    portal = await start();
    expect((await portal.post('/rebuild', JONAS)).body).toEqual({
      deliveries: 3,
      kept: 3,
    });
    await settle(knex, portal);
    expect(await storedFacts(knex)).toBe(facts);
    expect(Object.values(await bodiesByTable(knex))).toEqual([0, 0, 0, 0]);
    await portal.stop();
  });
});
