import { mockServices } from '@backstage/backend-test-utils';
import { Change } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { at, sha } from '../__testUtils__/github';
import { testDatabases } from '../__testUtils__/portal';
import { openDatabase } from '../database/migrate';
import { DatabaseFactStore } from '../facts/FactStore';
import { DatabaseUnitStore } from '../facts/UnitStore';
import { DatabaseObservationStore, Soon } from '../ingest/ObservationStore';
import { DatabaseRowStore } from '../read-models/RowStore';
import { Worker } from './Worker';

const open = testDatabases();
const BULK = { seconds: 0 };
const unitOf = (name: string) => `git.example.com/tidewater/${name}`;
const names = (claims: { id: string }[]) =>
  claims.map(({ id }) => id.split('/').at(-1));

describe('what happens now', () => {
  let knex: Knex;
  let units: DatabaseUnitStore;
  let observations: DatabaseObservationStore;
  let said = 0;

  beforeEach(async () => {
    knex = await open();
    await openDatabase(
      mockServices.database.mock({ getClient: async () => knex }),
    );
    units = new DatabaseUnitStore(knex);
    observations = new DatabaseObservationStore(knex);
  });

  const say = async (name: string, soon: Soon) => {
    said += 1;
    const observation = {
      kind: 'ancestry' as const,
      repository: unitOf(name),
      sha: sha(said),
      ancestor: sha(0),
    };
    await knex.transaction(trx =>
      observations.add(trx, [{ inboxId: '0', observation }], soon),
    );
  };

  it('goes before what is loaded, the newest first, also where both wait', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await say(name, BULK);
    await say('e', 'live');
    await say('c', 'live');
    await say('c', BULK);
    await say('d', { seconds: 60 });
    const { claims } = units;
    expect(names(await claims.take('one', 1, 'live'))).toEqual(['c']);
    expect(names(await claims.take('one', 1, 'live'))).toEqual(['e']);
    expect(names(await claims.take('two', 1))).toEqual(['a']);
    expect(names(await claims.take('one', 1, 'live'))).toEqual(['b']);
    expect(names(await claims.take('two', 9))).toEqual(['d']);
  });

  it('is no longer, once facts were made of it', async () => {
    await say('a', BULK);
    await say('b', 'live');
    const [claim] = await units.claims.take('one', 1, 'live');
    await knex.transaction(trx => units.finish(trx, claim, 0));
    await say('b', BULK);
    expect(names(await units.claims.take('one', 1, 'live'))).toEqual(['a']);
  });

  it('does not hold up for good what is loaded', async () => {
    const bulk = Array.from({ length: 20 }, (_, i) => `bulk-${i}`);
    for (const name of bulk) await say(name, BULK);
    await say('live-0', 'live');
    const order: string[] = [];
    let told = 0;
    const worker = new Worker(
      'one',
      {
        name: 'Facts',
        claims: units.claims,
        batch: 1,
        lanes: 2,
        liveFirst: true,
        do: async ([claim]) => {
          order.push(...(names([claim]) as string[]));
          if (told < 10) {
            told += 1;
            await say(`live-${told}`, 'live');
          }
          await knex.transaction(trx => units.finish(trx, claim, 0));
        },
      },
      mockServices.logger.mock(),
    );
    await worker.drain();
    expect(order[0]).toBe('live-0');
    expect(order[1]).toBe('bulk-0');
    const live = order.filter(name => name.startsWith('live'));
    expect(live).toHaveLength(11);
    expect(order.lastIndexOf(live.at(-1)!)).toBeLessThan(
      order.indexOf('bulk-19'),
    );
  });

  it('has its rows made first; others keep their place, however often they change', async () => {
    const facts = new DatabaseFactStore();
    const rows = new DatabaseRowStore(knex);
    const change = (name: string, title: string): Change => ({
      id: name,
      entityRef: `component:default/${name}`,
      repository: unitOf(name),
      title,
      author: 'maya',
      bot: false,
      mergedAt: at(0),
      mergeSha: sha(1),
      pathsKnown: true,
      origin: { source: 'toy', externalId: name },
    });
    const make = (name: string, title: string, isLive: boolean) =>
      knex.transaction(trx =>
        facts.replace(
          trx,
          unitOf(name),
          { deployments: [], changes: [change(name, title)], incidents: [] },
          isLive,
        ),
      );
    await make('a', 'Prices', false);
    await make('b', 'Prices', false);
    await make('c', 'Prices', true);
    await make('a', 'Other prices', false);
    expect(names(await rows.claims.take('one', 1, 'live'))).toEqual(['c']);
    expect(names(await rows.claims.take('two', 1))).toEqual(['a']);
    expect(names(await rows.claims.take('one', 1, 'live'))).toEqual(['b']);
  });
});
