import { Knex } from 'knex';
import { component, testDatabases } from '../__testUtils__/database';
import { Stores } from '../stores';
import { ComponentList } from '../verdicts/ComponentList';
import { CompanySummary } from './CompanySummary';

const open = testDatabases();

describe('history', () => {
  let stores: Stores & { knex: Knex };

  /** Total of a component: kept of what counts, in weight. */
  const score = async (name: string, passed: number, counted: number) => {
    const { knex } = stores;
    const { id } = await knex('components')
      .where({ entity_ref: `component:default/${name}` })
      .first('id');
    const total = {
      ...(counted > 0 && { score: Math.floor((100 * passed) / counted) }),
      passedWeight: passed,
      countedWeight: counted,
      passed: 1,
      failed: passed < counted ? 1 : 0,
      unknown: 0,
      exempt: 0,
      notApplicable: 0,
    };
    await knex.transaction(trx =>
      stores.verdicts.save(
        trx,
        [],
        [
          {
            id,
            total,
            tracks: [{ ...total, track: 'delivery', level: 'none' }],
          },
        ],
      ),
    );
  };
  /** As if so many days had gone by. */
  const sleep = async (days: number) => {
    for (const table of ['score_days', 'group_days']) {
      await stores
        .knex(table)
        .update({ day: stores.knex.raw('day - ?::int', [days]) });
    }
  };
  const scores = async (
    scope: Parameters<typeof stores.history.points>[0],
    visible: Parameters<typeof stores.history.points>[2] = 'all',
    days = 30,
  ) =>
    (await stores.history.points(scope, days, visible)).map(point => [
      point.components,
      point.score,
      point.failed,
    ]);

  beforeEach(async () => {
    stores = await open();
    // Nothing was looked at yet.
    await stores.history.record();
    await stores.components.save([
      component('a', { system: 'system:default/shop' }),
      component('b'),
      component('c', { owner: 'group:default/delivery' }),
      component('waiting'),
    ]);
    await score('a', 5, 10);
    await score('b', 20, 20);
    await score('c', 0, 0);
  });

  it('keeps each day as it ended, and shows today as it is', async () => {
    await stores.history.record();
    await score('a', 6, 10);
    await stores.history.record();
    await sleep(8);
    await score('a', 10, 10);
    await stores.history.record();
    await score('b', 10, 20);

    expect(await scores({ kind: 'all' })).toEqual([
      [3, 86, 1],
      [3, 66, 1],
    ]);
    expect(await scores({ kind: 'all' }, 'all', 7)).toEqual([[3, 66, 1]]);
    expect(
      await scores({ kind: 'owner', ref: 'group:default/delivery' }),
    ).toEqual([
      [1, undefined, 0],
      [1, undefined, 0],
    ]);
    expect(
      await scores({ kind: 'system', ref: 'system:default/shop' }),
    ).toEqual([
      [1, 60, 1],
      [1, 100, 0],
    ]);
    // Those without a system.
    expect(await scores({ kind: 'system', ref: '' })).toEqual([
      [2, 100, 0],
      [2, 50, 1],
    ]);
    expect(
      await scores({ kind: 'component', ref: 'component:default/a' }),
    ).toEqual([
      [1, 60, 1],
      [1, 100, 0],
    ]);
    const days = await stores.history.points({ kind: 'all' }, 30, 'all');
    expect(days.map(({ day }) => day.length)).toEqual([10, 10]);
  });

  it('adds up only what the caller may see', async () => {
    await stores.history.record();
    await sleep(7);
    const visible = ['component:default/a'];
    expect(await scores({ kind: 'all' }, visible)).toEqual([
      [1, 50, 1],
      [1, 50, 1],
    ]);
    expect(await scores({ kind: 'all' }, [])).toEqual([]);
    const summary = new CompanySummary(stores.knex);
    expect(await summary.read('owner', visible)).toMatchObject({
      components: 1,
      totalBefore: 50,
      groups: [{ ref: 'group:default/checkout', components: 1, score: 50 }],
    });
    expect(await summary.read('owner', [])).toMatchObject({
      components: 0,
      groups: [],
    });
  });

  it('adds them up on each day, also when the first days are forgotten', async () => {
    const visible = ['component:default/a', 'component:default/b'];
    await stores.history.record();
    await sleep(700);
    await score('a', 8, 10);
    await stores.history.record();
    await score('a', 9, 10);
    await stores.history.record();
    await sleep(20);
    await stores.history.record();
    await sleep(5);
    await score('b', 0, 20);
    const all = [
      [2, 83, 1],
      [2, 96, 1],
      [2, 96, 1],
      [2, 30, 2],
    ];
    expect(await scores({ kind: 'all' }, visible, 730)).toEqual(all);
    expect(await scores({ kind: 'all' }, visible, 20)).toEqual(all.slice(2));
    await sleep(30);
    await stores.history.prune();
    expect(await scores({ kind: 'all' }, visible, 730)).toEqual(all.slice(1));
  });

  it('compares with the week before', async () => {
    await stores.history.record();
    await sleep(9);
    await score('a', 10, 10);
    const summary = await new CompanySummary(stores.knex).read('owner', 'all');
    expect(summary).toMatchObject({
      total: { score: 100, passedWeight: 30, countedWeight: 30 },
      totalBefore: 83,
      groups: [
        {
          ref: 'group:default/checkout',
          components: 2,
          score: 100,
          scoreBefore: 83,
          tracks: expect.arrayContaining([{ track: 'delivery', score: 100 }]),
        },
        { ref: 'group:default/delivery', components: 1 },
      ],
    });
    expect(summary.groups[1]).not.toHaveProperty('score');
    const { items } = await new ComponentList(stores.knex).page(
      { limit: 9, offset: 0, outcome: 'fail', sort: 'score', order: 'asc' },
      'all',
    );
    // What has no score comes last, whichever way they are sorted.
    expect(items.map(one => [one.title, one.score, one.scoreBefore])).toEqual([
      ['a', 100, 50],
      ['b', 100, 100],
      ['c', undefined, undefined],
    ]);
  });

  it('forgets what is older than two years', async () => {
    await stores.history.record();
    await sleep(740);
    await stores.history.prune();
    expect(await scores({ kind: 'all' }, 'all', 730)).toEqual([[3, 83, 1]]);
    expect(await stores.knex('score_days')).toEqual([]);
  });
});
