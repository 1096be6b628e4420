import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { Page } from '../shared/Page';
import { ComponentList } from './ComponentList';
import { GroupBy } from './componentQuery';
import { HeatMapSection } from './HeatMapSection';
import { Totals } from './Totals';

/** How far all components keep the rules, by team, by system and one by one. */
export const CompanyPage = () => {
  const api = useApi(complianceApiRef);
  const [query, setQuery] = useQuery();
  const by: GroupBy = query.by === 'system' ? 'system' : 'owner';
  const teams = useAsyncRetry(() => api.getSummary('owner'), [api]);
  const systems = useAsyncRetry(() => api.getSummary('system'), [api]);
  const rules = useAsyncRetry(() => api.getRules(), [api]);
  const shown = by === 'owner' ? teams : systems;
  return (
    <Page title="All components">
      <Totals state={teams} onRetry={teams.retry} />
      <HeatMapSection
        by={by}
        onBy={next => setQuery({ by: next === 'owner' ? undefined : next })}
        state={shown}
        onRetry={shown.retry}
      />
      <ComponentList
        query={query}
        onQuery={setQuery}
        teams={teams.value?.groups}
        systems={systems.value?.groups}
        rules={rules.value?.rules}
      />
    </Page>
  );
};
