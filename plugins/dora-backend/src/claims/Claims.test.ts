import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { ToySource, testDatabases } from '../__testUtils__/portal';
import { openDatabase } from '../database/migrate';
import { DatabaseInboxStore } from '../ingest/DatabaseInboxStore';
import { DatabaseObservationStore } from '../ingest/ObservationStore';
import { Projection } from '../ingest/Projection';
import { Claim } from './Claims';

const open = testDatabases();

describe('Claims', () => {
  let knex: Knex;
  let inbox: DatabaseInboxStore;

  const ids = (claims: Claim[]) => claims.map(({ id }) => id).sort();
  const pass = (seconds: number) =>
    knex('inbox').update({
      claimed_until: knex.raw(`claimed_until - ? * interval '1 second'`, [
        seconds,
      ]),
      due_at: knex.raw(`due_at - ? * interval '1 second'`, [seconds]),
    });

  beforeEach(async () => {
    knex = await open();
    await openDatabase(
      mockServices.database.mock({ getClient: async () => knex }),
    );
    inbox = new DatabaseInboxStore(knex);
    for (const deliveryId of ['a', 'b', 'c']) {
      await inbox.add({
        source: 'toy',
        deliveryId,
        event: 'x',
        body: Buffer.from('[]'),
      });
    }
  });

  it('gives each to one worker, and refuses what a stopped one writes later', async () => {
    const { claims } = inbox;
    const taken = await Promise.all(
      Array.from({ length: 6 }, (_, i) => claims.take(`w${i}`, 1)),
    );
    expect(ids(taken.flat())).toEqual(['1', '2', '3']);
    expect(await claims.take('late', 9)).toEqual([]);

    await pass(20);
    await claims.renew(taken.flat());
    await pass(20);
    expect(await claims.take('late', 9)).toEqual([]);

    await pass(40);
    const again = await claims.take('late', 9);
    expect(ids(again)).toEqual(['1', '2', '3']);
    const projection = new Projection({
      metrics: { read() {} },
      knex,
      logger: mockServices.logger.mock(),
      inbox,
      observations: new DatabaseObservationStore(knex),
      sources: new Map([['toy', new ToySource()]]),
    });
    await projection.do(taken.flat());
    expect(await inbox.count()).toMatchObject({ waiting: 3, done: 0 });
    await projection.do(again);
    expect(await inbox.count()).toMatchObject({ waiting: 0, done: 3 });
  });

  it('waits before it tries again what came to nothing', async () => {
    const { claims } = inbox;
    await claims.abandon(await claims.take('w', 9), 30);
    expect(await claims.take('w', 9)).toEqual([]);
    await pass(31);
    expect((await claims.take('w', 9)).map(one => one.attempts)).toEqual([
      2, 2, 2,
    ]);
  });
});
