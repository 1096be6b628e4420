import {
  CampaignComponents,
  Rule,
} from '@waymark/backstage-plugin-compliance-common';
import { toCsv } from '@waymark/backstage-plugin-insights-react';
import { ComplianceApi } from '../../api/ComplianceApi';

/** A component of a campaign, and what it has left to do. */
export type Left = CampaignComponents['items'][number];

/** The most that the backend lists at once. */
const MOST = 200;

/** All components that the list is about, of every page. */
export async function allLeft(
  api: ComplianceApi,
  id: string,
  query: { owner?: string; open?: boolean },
): Promise<Left[]> {
  const found: Left[] = [];
  for (;;) {
    const { items, total } = await api.getCampaignComponents(id, {
      ...query,
      limit: MOST,
      offset: found.length,
    });
    found.push(...items);
    if (items.length === 0 || found.length >= total) return found;
  }
}

/** The list as a table, a line for each rule that is left. */
export const campaignCsv = (
  components: readonly Left[],
  rules: ReadonlyMap<string, Rule>,
) =>
  toCsv([
    ['Component', 'Reference', 'Owner', 'Rule', 'Title of the rule', 'Outcome'],
    ...components.flatMap(({ title, entityRef, owner, failing, unknown }) => {
      const line = (rule: string, outcome: string) => [
        title,
        entityRef,
        owner ?? '',
        rule,
        rules.get(rule)?.title ?? rule,
        outcome,
      ];
      return [
        ...failing.map(rule => line(rule, 'fail')),
        ...unknown.map(rule => line(rule, 'unknown')),
      ];
    }),
  ]);
