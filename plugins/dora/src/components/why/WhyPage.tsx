import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  EXPLAINED_KINDS,
  OUTCOMES,
} from '@waymark/backstage-plugin-dora-common';
import {
  EmptyState,
  OptionSelect,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { doraApiRef } from '../../api/DoraApi';
import { useKept } from '../../data/useKept';
import { useLive } from '../../data/useLive';
import { useScopes } from '../overview/ScopeFilters';
import { EntityName } from '../shared/EntityName';
import {
  CountedSelect,
  LatestFirst,
  PAGE,
  usePage,
} from '../shared/LatestFirst';
import { Page } from '../shared/Page';
import { EventList } from './EventList';
import { Rules } from './Rules';
import { KIND_WORDS, OUTCOME_WORDS } from './words';
import shared from '../shared/shared.module.css';

const FIRST = { kind: undefined, outcome: undefined, before: undefined };

const Why = ({ entityRef }: { entityRef: string }) => {
  const api = useApi(doraApiRef);
  const { query, cursor } = usePage();
  const kind = EXPLAINED_KINDS.find(one => one === query.kind);
  const outcome = OUTCOMES.find(one => one === query.outcome);
  const state = useLive(
    () => api.explain({ entityRef, kind, outcome, cursor, limit: PAGE }),
    JSON.stringify([entityRef, kind, outcome, cursor]),
  );
  const known = useKept(state.value);
  return (
    <>
      {known && (
        <>
          <Text as="p">
            How <EntityName entityRef={entityRef} /> is measured, and what of
            its last events was counted.
          </Text>
          <Rules answer={known} />
        </>
      )}
      <LatestFirst
        what="events"
        state={state}
        total={state.value?.total}
        filters={
          <>
            <CountedSelect
              label="What happened"
              any="Anything"
              name="kind"
              values={EXPLAINED_KINDS}
              words={KIND_WORDS}
            />
            <CountedSelect
              label="Counted"
              any="Or not"
              name="outcome"
              values={OUTCOMES}
              words={OUTCOME_WORDS}
              counts={known?.counts}
            />
          </>
        }
        empty={
          <EmptyState title="There are none">
            Nothing that came in fits. What could not be read is among the
            deliveries, which the platform team sees.
          </EmptyState>
        }
      >
        {items => <EventList events={items} />}
      </LatestFirst>
    </>
  );
};

const Chosen = () => {
  const [query, onQuery] = useQuery();
  const { value: scopes } = useScopes();
  const { component } = query;
  return (
    <>
      <div className={shared.filters} role="search" aria-label="Whose events">
        <OptionSelect
          label="Component"
          any="Choose one"
          search
          options={scopes?.component ?? []}
          value={component}
          onChange={value => onQuery({ ...FIRST, component: value })}
        />
      </div>
      {component ? (
        <Why key={component} entityRef={component} />
      ) : (
        <EmptyState title="Of which component?">
          Choose a component to see which of its deployments, changes and
          incidents were counted, which were not, and why.
        </EmptyState>
      )}
    </>
  );
};

/** What was counted of a component, and why. */
export const WhyPage = () => (
  <Page title="What counts">
    <Chosen />
  </Page>
);
