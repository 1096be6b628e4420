import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  campaignRouteRef,
  campaignsRouteRef,
  companyRouteRef,
  exemptionsRouteRef,
  newCampaignRouteRef,
  ruleRouteRef,
  rulesRouteRef,
} from '../../routes';

/** Path of a component's tab, below its page. */
export const TAB_PATH = 'compliance';

/** Where the list of components begins on its page. */
export const LIST_ID = 'components';

/** Where the pages of compliance are; undefined where one is switched off. */
export function useLinks() {
  const company = useRouteRef(companyRouteRef);
  const rules = useRouteRef(rulesRouteRef);
  const rule = useRouteRef(ruleRouteRef);
  const exemptions = useRouteRef(exemptionsRouteRef);
  const campaigns = useRouteRef(campaignsRouteRef);
  const newCampaign = useRouteRef(newCampaignRouteRef);
  const campaign = useRouteRef(campaignRouteRef);
  const entity = useEntityRefLink();
  return {
    /** The list of components, narrowed. */
    components: (query: Record<string, string>) => {
      const search = new URLSearchParams(query).toString();
      const path = company?.();
      return path && `${path}?${search}#${LIST_ID}`;
    },
    rules: rules?.(),
    rule: (id: string, query = '') => {
      const path = rule?.({ id });
      return path && `${path}${query}`;
    },
    exemptions: exemptions?.(),
    campaigns: campaigns?.(),
    newCampaign: newCampaign?.(),
    campaign: (id: string) => campaign?.({ id }),
    /** The tab of a component, at one of its rules. */
    tab: (entityRef: string, ruleId?: string) =>
      `${entity(entityRef)}/${TAB_PATH}${ruleId ? `#${ruleId}` : ''}`,
  };
}
