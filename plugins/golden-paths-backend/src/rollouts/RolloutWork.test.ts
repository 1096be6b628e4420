import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/portal';
import { openDatabase } from '../database/migrate';
import { RolloutStore } from './RolloutStore';
import { RolloutWork } from './RolloutWork';

const open = testDatabases();
const ID = '11111111-1111-4111-8111-111111111111';

describe('the work of rollouts', () => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await open();
    await openDatabase(
      mockServices.database.mock({ getClient: async () => knex }),
    );
    await new RolloutStore(knex).create(
      {
        id: ID,
        templateRef: 'template:default/kettle',
        title: 'Kettle',
        version: '1.1.0',
        commit: 'c'.repeat(40),
        reason: 'Why',
        canary: 'component:default/shop',
        batchSize: 10,
        afterCanary: 'ask',
        afterBatch: 'ask',
        maxFailedShare: 0.2,
        state: 'running',
        waitsFor: null,
        batch: 0,
        startedBy: 'user:default/jonas',
        startedAt: new Date().toISOString(),
        endedAt: null,
        inputs: {},
      },
      [
        {
          entityRef: 'component:default/shop',
          title: null,
          owner: null,
          from: '1.0.0',
          state: 'due',
          reason: null,
        },
      ],
    );
  });

  const stored = () => knex('rollout_services').first();
  const lapse = () =>
    knex('rollout_services').update({ claimed_until: knex.fn.now() });

  it('is one worker’s until its lease is over, and then the other’s alone', async () => {
    const work = new RolloutWork(knex);
    const [one, none] = await Promise.all([work.take('a'), work.take('b')]);
    const first = one ?? none;
    expect(first).toMatchObject({ attempts: 1 });
    expect(one && none).toBeUndefined();

    await lapse();
    const second = await work.take('b');
    expect(second).toMatchObject({ id: first!.id, fence: first!.fence + 1 });
    // The first one wakes up again, and comes too late with everything.
    await work.renew(first!);
    await work.abandon(first!, 0);
    expect(await work.finish(first!, 'failed', 'Late')).toBe(false);
    expect(await stored()).toMatchObject({ state: 'due', claimed_by: 'b' });
    expect(await work.finish(second!, 'made', null)).toBe(true);
    expect(await work.take('a')).toBeUndefined();
  });

  it('rests while its rollout does, and is over with it', async () => {
    const work = new RolloutWork(knex);
    const store = new RolloutStore(knex);
    await store.pause(ID);
    expect(await work.take('a')).toBeUndefined();
    await store.goOn(ID);
    const claim = await work.take('a');
    expect(claim?.rollout).toMatchObject({ id: ID, version: '1.1.0' });

    // What is being made is made; what a dead worker had is left out.
    await store.stop(ID);
    expect(await stored()).toMatchObject({ state: 'due' });
    await lapse();
    await store.leaveOutStopped();
    expect(await stored()).toMatchObject({ state: 'left-out' });
    expect(await work.finish(claim!, 'made', null)).toBe(false);
  });
});
