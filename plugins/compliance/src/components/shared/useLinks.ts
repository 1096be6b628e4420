import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  companyRouteRef,
  exemptionsRouteRef,
  healthRouteRef,
  ruleRouteRef,
  rulesRouteRef,
} from '../../routes';

/** Path of a component's tab, below its page. */
export const TAB_PATH = 'compliance';

/** Where the pages of compliance are; undefined where one is switched off. */
export function useLinks() {
  const company = useRouteRef(companyRouteRef);
  const rules = useRouteRef(rulesRouteRef);
  const rule = useRouteRef(ruleRouteRef);
  const exemptions = useRouteRef(exemptionsRouteRef);
  const health = useRouteRef(healthRouteRef);
  const entity = useEntityRefLink();
  return {
    company: (query: Record<string, string> = {}) => {
      const search = new URLSearchParams(query).toString();
      const path = company?.();
      return path && search ? `${path}?${search}` : path;
    },
    rules: rules?.(),
    rule: (id: string, query = '') => {
      const path = rule?.({ id });
      return path && `${path}${query}`;
    },
    exemptions: exemptions?.(),
    health: health?.(),
    /** The tab of a component, at one of its rules. */
    tab: (entityRef: string, ruleId?: string) =>
      `${entity(entityRef)}/${TAB_PATH}${ruleId ? `#${ruleId}` : ''}`,
  };
}
