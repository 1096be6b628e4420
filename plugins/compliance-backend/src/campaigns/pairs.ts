import { CampaignScope } from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';

/** What is asked of which components. */
export interface Asked {
  rules: readonly string[];
  scope: CampaignScope;
}

const COLUMNS = ['component_id', 'entity_ref', 'title', 'owner'];

/** Each rule that applies to a component in the scope, and what it says now. */
export function livePairs(
  knex: Knex,
  { rules, scope }: Asked,
): Knex.QueryBuilder {
  const pairs = knex('verdicts')
    .join('components', 'components.id', 'component_id')
    .whereNull('removed_at')
    .whereRaw('rule = any(?)', [[...rules]])
    .whereIn('outcome', ['pass', 'fail', 'unknown', 'exempt'])
    .select(...COLUMNS, 'rule', 'outcome');
  const chosen = [
    ['components.owner', scope.owners],
    ['components.system', scope.systems],
    ['components.lifecycle', scope.lifecycles],
  ] as const;
  for (const [column, values] of chosen) {
    if (values.length > 0) pairs.whereRaw('?? = any(?)', [column, values]);
  }
  return pairs;
}

/** The same of a campaign that has ended, as it was then. */
export function endedPairs(knex: Knex, id: string): Knex.QueryBuilder {
  return knex('campaign_ends')
    .where({ campaign_id: id })
    .select(...COLUMNS, 'rule', 'outcome');
}

/** Which of them count as done. */
export const DONE = `outcome in ('pass', 'exempt')`;
