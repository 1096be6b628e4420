import { mockServices } from '@backstage/backend-test-utils';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import { running, say, today } from '../__testUtils__/campaigns';
import { testDatabases } from '../__testUtils__/database';
import { addDays } from '../database/time';
import { Stores } from '../stores';
import { CampaignAnnouncer } from './CampaignAnnouncer';
import { CampaignProgressReader } from './CampaignProgressReader';
import { CampaignReminders } from './CampaignReminders';

const open = testDatabases();
const platformTeam = 'group:default/platform-engineering';

describe('reminders of a campaign', () => {
  let stores: Stores & { knex: Knex };
  let told: string[];
  let unreachable: string | undefined;

  /** As many as there are replicas. */
  const replica = () =>
    new CampaignReminders({
      ...stores,
      announcer: new CampaignAnnouncer({
        logger: mockServices.logger.mock(),
        notifications: {
          send: async ({ recipients, payload }: NotificationSendOptions) => {
            const { entityRef } = recipients as { entityRef: string };
            if (entityRef === unreachable) throw new Error('ECONNREFUSED');
            told.push(`${entityRef.split('/')[1]}: ${payload.title}`);
          },
        },
      }),
      platformTeam,
      progress: new CampaignProgressReader(stores.knex),
    });
  const on = (days: number) => new Date(`${addDays(today, days)}T09:00:00Z`);
  const tell = async (days: number) => {
    told = [];
    await Promise.all([replica().round(on(days)), replica().round(on(days))]);
    await replica().round(on(days));
    return told.sort();
  };

  beforeEach(async () => {
    stores = await open();
    told = [];
    unreachable = undefined;
    await say(stores, 'a', { runbook: 'fail' });
    await say(stores, 'b', { runbook: 'pass' });
    await say(
      stores,
      'c',
      { runbook: 'unknown' },
      { owner: 'group:default/delivery' },
    );
    await say(
      stores,
      'd',
      { runbook: 'pass' },
      { owner: 'group:default/search' },
    );
    await say(stores, 'e', { runbook: 'fail' }, { owner: undefined });
  });

  it('are told once to owners with something left, whatever number of replicas', async () => {
    const { id } = await running(stores, { deadline: addDays(today, 30) });
    const both = (why: string) => [
      `checkout: ${why}: Every service has a runbook`,
      `delivery: ${why}: Every service has a runbook`,
    ];
    expect(await tell(0)).toEqual(both('Campaign started'));
    expect(await tell(15)).toEqual([]);
    expect(await tell(16)).toEqual(both('14 days left'));
    expect(await tell(23)).toEqual(both('7 days left'));
    await say(stores, 'c', { runbook: 'pass' });
    expect(await tell(29)).toEqual([both('1 day left')[0]]);
    expect((await stores.campaigns.find(id))?.remindedAt).toBeDefined();

    const overdue = await tell(31);
    expect(overdue).toEqual([
      'platform-engineering: Campaign past its deadline: Every service has a runbook',
    ]);
    expect(await tell(60)).toEqual([]);
    expect((await stores.campaigns.find(id))?.state).toBe('running');
  });

  it('are told again to whom they could not be told', async () => {
    await running(stores);
    unreachable = 'group:default/delivery';
    expect(await tell(0)).toEqual([expect.stringMatching(/^checkout: /)]);
    unreachable = undefined;
    expect(await tell(1)).toEqual([expect.stringMatching(/^delivery: /)]);
    expect(await tell(2)).toEqual([]);
  });

  it('are sent by hand once a day', async () => {
    const campaign = await running(stores);
    const byHand = (days: number) => replica().byHand(campaign, on(days));
    const both = await Promise.allSettled([byHand(3), byHand(3)]);
    expect(both.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(told).toHaveLength(2);
    expect(await byHand(4)).toBe(2);
  });

  it('can be sent by hand again where nobody could be told', async () => {
    const campaign = await running(stores);
    unreachable = 'group:default/delivery';
    expect(await replica().byHand(campaign)).toBe(1);
    unreachable = undefined;
    expect(await replica().byHand(campaign)).toBe(1);
    expect(told.map(text => text.split(':')[0])).toEqual([
      'checkout',
      'delivery',
    ]);
  });

  it('of a campaign that ended are none', async () => {
    const campaign = await running(stores);
    const by = 'user:default/jonas';
    await stores.campaigns.move(campaign, {
      state: 'cancelled',
      by,
      promoted: [],
    });
    expect(await tell(0)).toEqual([]);
  });
});
