import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import {
  campaignRequest,
  running,
  say,
  today,
} from '../__testUtils__/campaigns';
import { component, testDatabases } from '../__testUtils__/database';
import { MIGRATIONS } from '../database/migrate';
import { addDays } from '../database/time';
import { Stores } from '../stores';
import { CampaignProgressReader } from './CampaignProgressReader';
import { CampaignRecord } from './CampaignStore';

const open = testDatabases();
const INIT = '20261121090000_init.js';
const by = 'user:default/jonas';

describe('campaigns in the database', () => {
  let stores: Stores & { knex: Knex };
  let progress: CampaignProgressReader;

  const points = async (campaign: CampaignRecord) =>
    (await progress.page(campaign, 'all')).points.map(
      ({ day, pairs, pairsDone }) => [day, pairsDone, pairs],
    );
  const end = (campaign: CampaignRecord, promoted: string[] = []) =>
    stores.campaigns.move(campaign, { state: 'done', by, promoted });

  beforeEach(async () => {
    stores = await open();
    progress = new CampaignProgressReader(stores.knex);
    await say(stores, 'a', { runbook: 'pass', 'on-call': 'exempt' });
    await say(stores, 'b', {
      runbook: 'fail',
      'on-call': 'unknown',
      sbom: 'fail',
    });
    await say(
      stores,
      'c',
      { runbook: 'not-applicable', 'on-call': 'pass' },
      { owner: 'group:default/delivery', lifecycle: 'experimental' },
    );
    await say(stores, 'library', { runbook: 'not-applicable' });
  });

  it('counts pairs of a component and a rule that applies to it', async () => {
    const campaign = await running(stores);
    const page = await progress.page(campaign, 'all');
    expect(page.total).toEqual({
      components: 3,
      componentsDone: 2,
      pairs: 5,
      pairsDone: 3,
      unknown: 1,
    });
    expect(page.owners.map(({ owner, pairs }) => [owner, pairs])).toEqual([
      ['group:default/checkout', 4],
      ['group:default/delivery', 1],
    ]);
    expect(page.rules).toEqual([
      { rule: 'runbook', pairs: 2, pairsDone: 1 },
      { rule: 'on-call', pairs: 3, pairsDone: 2 },
    ]);
    await stores.components.retain(['component:default/a']);
    expect((await progress.total(campaign, 'all')).components).toBe(1);
  });

  it.each([
    [{ owners: ['group:default/delivery'] }, ['c']],
    [{ lifecycles: ['production', 'experimental'] }, ['c']],
    [{ systems: ['system:default/shop'] }, []],
    [{ owners: ['group:default/checkout'], lifecycles: ['production'] }, []],
  ])('has in the scope %j what matches every list', async (more, expected) => {
    const none = { owners: [], systems: [], lifecycles: [] };
    const campaign = await running(stores, { scope: { ...none, ...more } });
    const { items } = await progress.components(
      campaign,
      { limit: 10, offset: 0 },
      'all',
    );
    expect(items.map(({ title }) => title)).toEqual(expected);
  });

  it('lists components, most to do first, page by page', async () => {
    const campaign = await running(stores);
    const list = async (more: object) => {
      const { items, total } = await progress.components(
        campaign,
        { limit: 10, offset: 0, ...more },
        'all',
      );
      return [items.map(({ title }) => title), total];
    };
    expect(await list({})).toEqual([['b', 'a', 'c'], 3]);
    expect(await list({ limit: 1, offset: 2 })).toEqual([['c'], 3]);
    expect(await list({ open: true })).toEqual([['b'], 1]);
    expect(await list({ open: false })).toEqual([['a', 'c'], 2]);
    expect(await list({ owner: 'group:default/delivery' })).toEqual([['c'], 1]);
    expect(await list({ owner: '' })).toEqual([[], 0]);
    const { items } = await progress.components(
      campaign,
      { limit: 1, offset: 0 },
      'all',
    );
    expect(items[0]).toMatchObject({
      failing: ['runbook'],
      unknown: ['on-call'],
      pairs: 2,
      pairsDone: 0,
    });
  });

  it('has a point a day, also when two replicas record it at once', async () => {
    const campaign = await running(stores);
    const record = () =>
      Promise.all([stores.history.record(), stores.campaigns.record()]);
    await Promise.all([record(), record(), record()]);
    await stores
      .knex('campaign_days')
      .update({ day: addDays(today, -1), pairs_done: 1 });
    await say(stores, 'b', { runbook: 'pass' });
    await Promise.all([record(), record()]);
    expect(await points(campaign)).toEqual([
      [addDays(today, -1), 1, 5],
      [today, 4, 5],
    ]);
    // Of today only, for whom all days would be of components they may not see.
    const few = await progress.page(campaign, ['component:default/b']);
    expect(few.points).toEqual([{ day: today, pairs: 2, pairsDone: 1 }]);
  });

  it('keeps the numbers of its end', async () => {
    const campaign = await running(stores);
    const before = await progress.page(campaign, 'all');
    const done = await end(campaign);
    await say(stores, 'b', { runbook: 'pass', 'on-call': 'pass' });
    await stores.knex('components').where({ title: 'a' }).delete();
    await stores.campaigns.record();
    expect(await progress.page(done, 'all')).toEqual(before);
    const few = await progress.page(done, ['component:default/b']);
    expect(few.total).toMatchObject({ components: 1, pairsDone: 0 });
  });

  it('is ended by one of two, and its rules are promoted once', async () => {
    const campaign = await running(stores);
    const ends = await Promise.allSettled([
      end(campaign, ['runbook']),
      end(campaign, ['runbook']),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(ends.find(one => 'reason' in one)).toMatchObject({
      reason: expect.any(ConflictError),
    });
    const other = await running(stores);
    await end(other, ['runbook', 'on-call']);
    expect(await stores.campaigns.promoted()).toEqual([
      { rule: 'on-call', campaign: other.id, since: expect.any(String) },
      { rule: 'runbook', campaign: campaign.id, since: expect.any(String) },
    ]);
  });

  it('lists those that run first, soonest deadline first', async () => {
    const make = async (title: string, days: number) =>
      running(stores, { title, deadline: addDays(today, days) });
    await stores.campaigns.create(campaignRequest({ title: 'draft' }), by);
    await end(await make('done', 1));
    await make('later', 9);
    await make('sooner', 2);
    const titles = (all: CampaignRecord[]) => all.map(({ title }) => title);
    expect(titles(await stores.campaigns.list())).toEqual([
      'sooner',
      'later',
      'draft',
      'done',
    ]);
    expect(titles(await stores.campaigns.list('draft'))).toEqual(['draft']);
  });

  it('deletes nothing but drafts', async () => {
    const { campaigns } = stores;
    const draft = await campaigns.create(campaignRequest(), by);
    await campaigns.remove(draft.id);
    expect(await campaigns.find(draft.id)).toBeUndefined();
    const { id } = await running(stores);
    await expect(campaigns.remove(id)).rejects.toThrow(ConflictError);
    await expect(campaigns.change(draft, campaignRequest())).rejects.toThrow(
      ConflictError,
    );
  });

  it('learns of the lifecycle of components that were known before it was', async () => {
    const { components, knex } = stores;
    const directory = { directory: MIGRATIONS };
    await knex.migrate.rollback(directory, true);
    await knex.migrate.up({ ...directory, name: INIT });
    await knex('components').insert({
      entity_ref: 'component:default/a',
      title: 'a',
      catalog_etag: component('a').etag,
    });
    await knex.migrate.latest(directory);
    await components.save([component('a', { lifecycle: 'production' })]);
    const { lifecycle } = await knex('components')
      .where({ title: 'a' })
      .first('lifecycle');
    expect(lifecycle).toBe('production');
  });
});
