import {
  before,
  BOTS,
  CHANGES_COUNTED,
  countedChanges,
  countedRollouts,
  DEPLOYMENTS_COUNTED,
  Facts,
  fiveOf,
  historyOf,
  leadTimeBuckets,
  MetricsAnswer,
  recoveryTimeBuckets,
  Window,
} from '@waymark/backstage-plugin-dora-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { histories, partOf } from '../__testUtils__/histories';
import {
  Portal,
  service,
  settle,
  startPortal,
  testDatabases,
} from '../__testUtils__/portal';
import { DatabaseFactStore } from '../facts/FactStore';

jest.setTimeout(240_000);
const open = testDatabases();
const TABLES = ['rollout_rows', 'change_rows', 'row_months'];
const WINDOW = { from: '2026-03-05', to: '2026-04-10', timeZone: 'UTC' };
const window: Window = {
  from: Date.parse(WINDOW.from),
  to: Date.parse(WINDOW.to),
  timeZone: 'UTC',
  interval: 'week',
};

describe('rows of random histories', () => {
  let knex: Knex;
  let portal: Portal;

  beforeAll(async () => {
    knex = await open();
    portal = await startPortal({
      knex,
      entities: [service('a'), service('b')],
    });
    await portal.run('components');
  });
  afterAll(() => portal.stop());

  const become = async (facts: Facts) => {
    await knex.transaction(trx =>
      new DatabaseFactStore().replace(trx, 'unit', facts),
    );
    await settle(knex, portal);
  };
  const stored = () =>
    Promise.all(
      TABLES.map(table =>
        knex(table).orderBy(
          table === 'row_months' ? ['entity_ref', 'month'] : ['id'],
        ),
      ),
    );
  const ask = async (path: string, query: Record<string, string> = {}) => {
    const search = new URLSearchParams({ ...WINDOW, ...query });
    const { body, status } = await portal.get(`${path}?${search}`);
    expect([status, body.error?.message]).toEqual([200, undefined]);
    return body;
  };
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

  it('are those of a full recompute, and make the metrics of the facts', async () => {
    const stages = histories.chain(facts =>
      fc.record({ first: partOf(facts), then: fc.constant(facts) }),
    );
    await fc.assert(
      fc.asyncProperty(stages, async ({ first, then }) => {
        await become(first);
        await become(then);
        const followed = await stored();
        for (const table of TABLES) await knex(table).delete();
        await knex('row_work').update({ waiting: true, due_at: knex.fn.now() });
        await settle(knex, portal);
        expect(followed).toEqual(await stored());

        const history = historyOf(then, Date.now());
        const answer: MetricsAnswer = await ask('/metrics');
        expect({ ...answer, series: [], window: {} }).toEqual({
          ...answer,
          series: [],
          window: {},
          components: 2,
          metrics: plain(fiveOf(history, window)),
          previous: plain(fiveOf(history, before(window))),
          distribution: plain({
            leadTime: leadTimeBuckets(history, window),
            recoveryTime: recoveryTimeBuckets(history, window),
          }),
        });
      }),
      { numRuns: 40 },
    );
  });

  it('open to exactly those that were counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.constantFrom(...BOTS),
        async (facts, bots) => {
          await become(facts);
          const history = historyOf(facts, Date.now());
          const ids = (items: { id: string }[]) =>
            items.map(({ id }) => id).sort();
          const same = async (
            path: string,
            query: Record<string, string>,
            expected: { id: string }[],
          ) => {
            const { items, total } = await ask(path, {
              limit: '200',
              ...query,
            });
            expect([query, ids(items)]).toEqual([query, ids(expected)]);
            expect(total).toBe(expected.length);
          };
          await Promise.all([
            ...DEPLOYMENTS_COUNTED.map(counted =>
              same(
                '/deployments',
                { counted },
                countedRollouts(history, window, counted),
              ),
            ),
            ...CHANGES_COUNTED.map(counted =>
              same(
                '/changes',
                { counted, bots },
                countedChanges(history, window, counted, bots),
              ),
            ),
          ]);
          const { unlinked } = fiveOf(history, window).recoveryTime;
          expect(
            await ask('/incidents', { counted: 'unlinked' }),
          ).toMatchObject({
            total: unlinked,
          });
        },
      ),
      { numRuns: 20 },
    );
  });
});
