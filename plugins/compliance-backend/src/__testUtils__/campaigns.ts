import {
  CampaignRequest,
  Outcome,
} from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';
import { addDays, dayOf } from '../database/time';
import { Stores } from '../stores';
import { component } from './database';

export const today = dayOf(new Date());

/** What a campaign is asked for with. */
export function campaignRequest(
  more: Partial<CampaignRequest> = {},
): CampaignRequest {
  return {
    title: 'Every service has a runbook',
    description: '',
    rules: ['runbook', 'on-call'],
    scope: { owners: [], systems: [], lifecycles: [] },
    deadline: addDays(today, 30),
    ...more,
  };
}

/** What the rules say of a component, in place of an evaluation. */
export async function say(
  { knex, components }: Stores & { knex: Knex },
  name: string,
  outcomes: Record<string, Outcome>,
  more: Parameters<typeof component>[1] = {},
): Promise<void> {
  await components.save([component(name, more)]);
  const { id } = await knex('components')
    .where({ entity_ref: `component:default/${name}` })
    .first('id');
  await knex('verdicts')
    .insert(
      Object.entries(outcomes).map(([rule, outcome]) => ({
        component_id: id,
        rule,
        outcome,
        findings: '[]',
        since: knex.fn.now(),
      })),
    )
    .onConflict(['component_id', 'rule'])
    .merge();
}

/** A campaign that runs. */
export async function running(
  { campaigns }: Stores,
  more: Partial<CampaignRequest> = {},
) {
  const by = 'user:default/jonas';
  const draft = await campaigns.create(campaignRequest(more), by);
  return campaigns.move(draft, { state: 'running', by, promoted: [] });
}
