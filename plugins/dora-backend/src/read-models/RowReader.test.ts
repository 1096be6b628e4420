import {
  Facts,
  metricsOfPacked,
  packRows,
  rowsOf,
  Stretch,
  Window,
} from '@waymark/backstage-plugin-dora-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { histories, partOf } from '../__testUtils__/histories';
import { testDatabases } from '../__testUtils__/portal';
import { openDatabase } from '../database/migrate';
import { RowReader, Rows } from './RowReader';
import { DatabaseRowStore } from './RowStore';

jest.setTimeout(120_000);
const open = testDatabases();

const NOW = Date.parse('2026-06-01');
const A = 'component:default/a';
const B = 'component:default/b';
const counting = { bots: 'with' as const, recoverWithoutIncident: true };
const windowOf = (from: string, to: string): Window => ({
  from: Date.parse(from),
  to: Date.parse(to),
  timeZone: 'UTC',
  interval: 'week',
});
const WINDOWS = [
  windowOf('2026-04-05', '2026-04-20'),
  windowOf('2026-02-25', '2026-04-10'),
  windowOf('2026-03-31', '2026-05-10'),
];

const WHOLE = windowOf('2025-01-01', '2027-01-01');

describe('RowReader', () => {
  let knex: Knex;
  let store: DatabaseRowStore;

  beforeAll(async () => {
    knex = await open();
    await openDatabase({ getClient: async () => knex });
    store = new DatabaseRowStore(knex);
  });

  /** As another process makes them. */
  const become = (facts: Facts) =>
    knex.transaction(async trx => {
      await store.replace(trx, A, rowsOf(factsOf(facts, A), NOW, 24));
      await store.replace(trx, B, rowsOf(factsOf(facts, B), NOW, 24));
      await trx('row_work')
        .insert([{ id: A }, { id: B }])
        .onConflict('id')
        .merge({ made: knex.raw('row_work.made + 1') });
    });
  const read = async (reader: RowReader, window: Window) => {
    const rows = await reader.read('all', window);
    return metricsOfPacked([...rows.byRef.values()], window, NOW, counting);
  };

  it('reads what another process made, whatever it keeps and for whatever window', async () => {
    const keeping = new RowReader(knex);
    const forgetful = new RowReader(knex, 500);
    const stages = histories.chain(facts =>
      fc.tuple(partOf(facts), fc.constant(facts), partOf(facts)),
    );
    await fc.assert(
      fc.asyncProperty(stages, async all => {
        for (const facts of all) {
          await become(facts);
          for (const window of WINDOWS) {
            const packed = [A, B].map(ref =>
              packRows(rowsOf(factsOf(facts, ref), NOW, 24)),
            );
            const expected = metricsOfPacked(packed, window, NOW, counting);
            for (const reader of [keeping, forgetful, new RowReader(knex)]) {
              expect(await read(reader, window)).toEqual(expected);
            }
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('says when rows that count in a span have become others', async () => {
    const reader = new RowReader(knex);
    const told = new Map<string, unknown>();
    await fc.assert(
      fc.asyncProperty(histories.chain(partOf), async facts => {
        await become(facts);
        for (const window of WINDOWS) {
          const rows = await reader.read('all', WHOLE);
          const stamp = `${window.from} ${rows.stamp(window)}`;
          const parts = [...rows.byRef.values()];
          const metrics = metricsOfPacked(parts, window, NOW, counting);
          expect(told.get(stamp) ?? metrics).toEqual(metrics);
          told.set(stamp, metrics);
        }
      }),
      { numRuns: 60 },
    );
    // It is the same where nothing in the span is another.
    const [facts] = fc.sample(histories, { numRuns: 1, seed: 5 });
    const stamps = async () => {
      const rows = await reader.read('all', WHOLE);
      return WINDOWS.map(window => rows.stamp(window));
    };
    await become(facts);
    const before = await stamps();
    await become(facts);
    expect(await stamps()).toEqual(before);
  });

  it('makes the same of weeks that were counted before and have not changed', async () => {
    const reader = new RowReader(knex);
    const counted = new Map<string, Stretch>();
    let again = 0;
    const keptOf = ({ stamp }: Rows) => {
      const keyOf = (from: number, to: number) =>
        `${from} ${to} ${stamp({ from, to })}`;
      return {
        get(from: number, to: number) {
          const known = counted.get(keyOf(from, to));
          if (known) again += 1;
          return known;
        },
        keep(one: Stretch) {
          counted.set(keyOf(one.from, one.to), one);
        },
      };
    };
    await fc.assert(
      fc.asyncProperty(histories.chain(partOf), async facts => {
        await become(facts);
        const rows = await reader.read('all', WHOLE);
        const parts = [...rows.byRef.values()];
        for (const week of WINDOWS) {
          for (const interval of ['day', 'week', 'month'] as const) {
            const window = { ...week, interval };
            expect(
              metricsOfPacked(parts, window, NOW, counting, keptOf(rows)),
            ).toEqual(metricsOfPacked(parts, window, NOW, counting));
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(again).toBeGreaterThan(0);
  });

  it('is asked by many at once', async () => {
    const [facts] = fc.sample(histories, { numRuns: 1, seed: 7 });
    await become(facts);
    const reader = new RowReader(knex, 500);
    const alone = await Promise.all(
      WINDOWS.map(window => read(new RowReader(knex), window)),
    );
    const together = await Promise.all(
      [...WINDOWS, ...WINDOWS].map(window => read(reader, window)),
    );
    expect(together).toEqual([...alone, ...alone]);
  });

  it('goes on with what there is after a crash took back what it had read', async () => {
    const [before, lost, after] = fc.sample(histories, {
      numRuns: 3,
      seed: 13,
    });
    const make = (facts: Facts) =>
      knex.transaction(async trx => {
        await store.replace(trx, A, rowsOf(factsOf(facts, A), NOW, 24));
        const held = await trx('row_work').where({ id: A }).first();
        await store.finish(trx, held, 0);
      });
    await become(before);
    const reader = new RowReader(knex);
    const tables = ['row_work', 'row_months'];
    const kept = await Promise.all(tables.map(table => knex(table)));

    await make(lost);
    const version = await reader.version('all');
    await read(reader, WHOLE);
    for (const [i, table] of tables.entries()) {
      await knex(table).delete();
      await knex(table).insert(kept[i]);
    }
    await make(after);

    expect(await reader.version('all')).not.toBe(version);
    expect(await read(reader, WHOLE)).toEqual(
      await read(new RowReader(knex), WHOLE),
    );
  });

  it('writes only the months that say something else', async () => {
    const [facts] = fc.sample(histories, { numRuns: 1, seed: 11 });
    await become(facts);
    const written = () =>
      knex('row_months')
        .select('entity_ref', 'month', knex.raw('xmin::text'))
        .orderBy(['entity_ref', 'month']);
    const before = await written();
    await become(facts);
    expect(await written()).toEqual(before);
    await become({
      ...facts,
      incidents: [
        ...facts.incidents,
        {
          id: 'another',
          entityRef: A,
          severity: 'high',
          title: 'Another',
          startedAt: '2026-05-20T12:00:00.000Z',
          linkedBy: 'none',
          origin: { source: 'toy', externalId: 'another' },
        },
      ],
    });
    const changed = (await written()).filter(
      row => !before.some(one => JSON.stringify(one) === JSON.stringify(row)),
    );
    expect(changed).toMatchObject([{ entity_ref: A }]);
  });
});

/** A component's own, and the incidents that its deployments caused. */
function factsOf(facts: Facts, entityRef: string): Facts {
  const of = new Map(facts.deployments.map(one => [one.id, one.entityRef]));
  const own = (one: { entityRef: string }) => one.entityRef === entityRef;
  return {
    deployments: facts.deployments.filter(own),
    changes: facts.changes.filter(own),
    incidents: facts.incidents.filter(
      one => (of.get(one.deploymentId ?? '') ?? one.entityRef) === entityRef,
    ),
  };
}
