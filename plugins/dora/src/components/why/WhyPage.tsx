import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import {
  EXPLAINED_KINDS,
  OUTCOMES,
} from '@waymark/backstage-plugin-dora-common';
import {
  AsyncContent,
  EmptyState,
  OptionSelect,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { doraApiRef } from '../../api/DoraApi';
import { Change, Query } from '../../data/asked';
import { useLive } from '../../data/useLive';
import { useScopes } from '../overview/ScopeFilters';
import { EntityName } from '../shared/EntityName';
import { Page } from '../shared/Page';
import { EventList } from './EventList';
import { Rules } from './Rules';
import { KIND_WORDS, OUTCOME_WORDS } from './words';
import shared from '../shared/shared.module.css';

const PAGE = 50;
const FIRST = { kind: undefined, outcome: undefined, before: undefined };

const Why = (props: { entityRef: string; query: Query; onQuery: Change }) => {
  const { entityRef, query, onQuery } = props;
  const api = useApi(doraApiRef);
  const kind = EXPLAINED_KINDS.find(one => one === query.kind);
  const outcome = OUTCOMES.find(one => one === query.outcome);
  const cursor = query.before;
  const state = useLive(
    () => api.explain({ entityRef, kind, outcome, cursor, limit: PAGE }),
    JSON.stringify([entityRef, kind, outcome, cursor]),
  );
  const counts = state.value?.counts;
  return (
    <AsyncContent state={state} what="what was counted" onRetry={state.retry}>
      {answer => (
        <>
          <Text as="p">
            How <EntityName entityRef={entityRef} /> is measured, and what of
            its last events was counted.
          </Text>
          <Rules answer={answer} />
          <SectionCard title={cursor ? 'Older events' : 'The last events'}>
            <div className={shared.column}>
              <div className={shared.filters}>
                <OptionSelect
                  label="What happened"
                  any="Anything"
                  options={EXPLAINED_KINDS.map(value => ({
                    value,
                    label: KIND_WORDS[value],
                  }))}
                  value={kind}
                  onChange={value =>
                    onQuery({ kind: value, before: undefined })
                  }
                />
                <OptionSelect
                  label="Counted"
                  any="Or not"
                  options={OUTCOMES.map(value => ({
                    value,
                    label: counts
                      ? `${OUTCOME_WORDS[value]} (${counts[
                          value
                        ].toLocaleString('en-GB')})`
                      : OUTCOME_WORDS[value],
                  }))}
                  value={outcome}
                  onChange={value =>
                    onQuery({ outcome: value, before: undefined })
                  }
                />
              </div>
              {answer.items.length > 0 ? (
                <EventList events={answer.items} />
              ) : (
                <EmptyState title="There are none">
                  Nothing was told that fits. Deliveries has what came in, and
                  what could not be read.
                </EmptyState>
              )}
              <div className={shared.bar}>
                <Text color="secondary" variant="body-small">
                  {answer.total.toLocaleString('en-GB')} in all, latest first
                </Text>
                {cursor && (
                  <Button
                    variant="secondary"
                    onPress={() => onQuery({ before: undefined })}
                  >
                    Latest
                  </Button>
                )}
                {answer.next && (
                  <Button
                    variant="secondary"
                    onPress={() => onQuery({ before: answer.next })}
                  >
                    Older
                  </Button>
                )}
              </div>
            </div>
          </SectionCard>
        </>
      )}
    </AsyncContent>
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
        <Why entityRef={component} query={query} onQuery={onQuery} />
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
