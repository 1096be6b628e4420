import {
  Campaign,
  CampaignPage,
} from '@waymark/backstage-plugin-compliance-common';
import { addDays, dayOf } from '../time';

export const TODAY = dayOf(new Date());

/** One that runs, with twelve days left. */
export const campaignOf = (rest: Partial<Campaign> = {}): Campaign => ({
  id: 'c1',
  title: 'No secrets by winter',
  description: 'Leaked keys cost us **two nights**.',
  rules: ['no-secret', 'runbook'],
  scope: { owners: ['group:default/checkout'], systems: [], lifecycles: [] },
  deadline: addDays(TODAY, 12),
  state: 'running',
  createdBy: 'user:default/maya',
  createdAt: '2026-11-01T09:00:00Z',
  startedAt: '2026-11-02T09:00:00Z',
  promoted: [],
  progress: {
    components: 3,
    componentsDone: 1,
    pairs: 6,
    pairsDone: 3,
    unknown: 1,
  },
  ...rest,
});

/** One that has not started. */
export const DRAFT = campaignOf({
  id: 'c2',
  title: 'Runbooks for all',
  state: 'draft',
  startedAt: undefined,
});

/** With an owner that has something left, one that has not, and nobody's. */
export const campaignPageOf = (campaign: Campaign): CampaignPage => {
  const of = (owner: string, title: string, pairsDone: number) => ({
    owner,
    title,
    components: 1,
    componentsDone: pairsDone === 2 ? 1 : 0,
    pairs: 2,
    pairsDone,
    unknown: 0,
  });
  return {
    campaign,
    points:
      campaign.state === 'draft'
        ? []
        : [
            { day: '2026-11-02', pairs: 6, pairsDone: 1 },
            { day: '2026-11-03', pairs: 6, pairsDone: 3 },
          ],
    owners: [
      of('group:default/checkout', 'Checkout', 1),
      of('', '', 1),
      of('group:default/search', 'Search', 2),
    ],
    rules: [
      { rule: 'no-secret', pairs: 3, pairsDone: 1 },
      { rule: 'runbook', pairs: 3, pairsDone: 2 },
    ],
  };
};
