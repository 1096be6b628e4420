import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Text } from '@backstage/ui';
import {
  COHORT_KEYS,
  CohortKey,
  CohortsAnswer,
  METRIC_NAMES,
  MetricName,
  SMALL_COHORT,
} from '@waymark/backstage-plugin-dora-common';
import {
  AsyncContent,
  EmptyState,
  OptionSelect,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { doraApiRef } from '../../api/DoraApi';
import { askedOf } from '../../data/asked';
import { useLive } from '../../data/useLive';
import { count, durationWords } from '../../format';
import {
  basisWords,
  METRIC_WORDS,
  NO_DATA_WORDS,
  valueOf,
  valueWords,
} from '../../words';
import { EntityTitle } from '../shared/EntityName';
import { Page } from '../shared/Page';
import { WindowFilters } from '../shared/WindowFilters';
import shared from '../shared/shared.module.css';
import styles from './cohorts.module.css';

type Cohort = CohortsAnswer['cohorts'][number];

const KEY_WORDS: Record<CohortKey, string> = {
  path: 'Golden path',
  owner: 'Team',
  system: 'System',
  tier: 'Tier',
  language: 'Language',
};

/** By what there is, what there is none of. */
const OTHER_WORDS: Record<string, string> = {
  bespoke: 'no component was made on a golden path.',
  'golden-path': 'every component was made on a golden path.',
};

const DAY_SECONDS = 86_400;

const CohortName = ({ by, name }: { by: CohortKey; name: string }) => {
  if (by === 'path') {
    return <>{name === 'golden-path' ? 'Golden path' : 'Bespoke'}</>;
  }
  if (!name) return <>{`No ${KEY_WORDS[by].toLowerCase()}`}</>;
  return by === 'owner' || by === 'system' ? (
    <EntityTitle entityRef={name} />
  ) : (
    <>{by === 'tier' ? `Tier ${name}` : name}</>
  );
};

/** The value of all events together, and how far components lie apart. */
const Value = (props: { cohort: Cohort; metric: MetricName }) => {
  const { metrics, spread } = props.cohort;
  const { metric } = props;
  const result = metrics[metric];
  const value = valueOf(metrics, metric);
  const of = spread[metric];
  if (result.status === 'no-data' || value === undefined) {
    return (
      <>
        <Text color="secondary">No data</Text>
        {result.status === 'no-data' && (
          <span className={shared.note}>
            {NO_DATA_WORDS[result.why].why(result.n)}
          </span>
        )}
      </>
    );
  }
  const words = (one: number) => valueWords(metric, one);
  return (
    <>
      <b>{words(value)}</b>
      <span className={shared.note}>{basisWords(metrics, metric)}</span>
      {of && of.n > 1 && (
        <span className={shared.note}>
          {`The middle half of ${count(of.n, 'component')}: ${words(
            of.p25,
          )} to ${words(of.p75)}`}
        </span>
      )}
    </>
  );
};

const CohortCard = ({ by, cohort }: { by: CohortKey; cohort: Cohort }) => {
  const { name, components, small, ageDays } = cohort;
  return (
    <li className={styles.cohort}>
      <h3 className={styles.name}>
        <CohortName by={by} name={name} />
      </h3>
      <Text as="p" color="secondary" variant="body-small">
        {count(components, 'component')}
        {ageDays !== undefined &&
          `, half of them older than ${durationWords(ageDays * DAY_SECONDS)}`}
      </Text>
      {small && (
        <Text as="p" variant="body-small">
          <b>Too few to compare:</b> fewer than {SMALL_COHORT} say more of
          themselves than of what they have in common.
        </Text>
      )}
      <dl className={styles.five}>
        {METRIC_NAMES.map(metric => (
          <div key={metric}>
            <dt>{METRIC_WORDS[metric]}</dt>
            <dd>
              <Value cohort={cohort} metric={metric} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
};

/** What was made on a golden path beside what was not, and other cohorts. */
export const CohortsPage = () => {
  const api = useApi(doraApiRef);
  const [query, onQuery] = useQuery();
  const asked = askedOf(query);
  const by = COHORT_KEYS.find(key => key === query.by) ?? 'path';
  const { window, bots } = asked;
  const state = useLive(
    () => api.getCohorts({ ...window, bots, by }),
    JSON.stringify([window, bots, by]),
  );
  return (
    <Page title="Cohorts">
      <div className={shared.filters} role="search" aria-label="Delivery">
        <OptionSelect
          label="By"
          options={COHORT_KEYS.map(value => ({
            value,
            label: KEY_WORDS[value],
          }))}
          value={by}
          onChange={key => onQuery({ by: key === 'path' ? undefined : key })}
        />
        <WindowFilters asked={asked} query={query} onQuery={onQuery} plain />
      </div>
      <SectionCard title="Side by side">
        <AsyncContent state={state} what="the cohorts" onRetry={state.retry}>
          {({ bias, cohorts }) =>
            cohorts.length === 0 ? (
              <EmptyState title="The catalog has no component yet" />
            ) : (
              <div className={shared.column}>
                <Alert
                  status="info"
                  icon
                  title="A difference is no proof"
                  description={bias}
                />
                <ul className={styles.cohorts} aria-label="Cohorts">
                  {cohorts.map(cohort => (
                    <CohortCard key={cohort.name} by={by} cohort={cohort} />
                  ))}
                </ul>
                {by === 'path' && cohorts.length === 1 && (
                  <Text as="p" color="secondary">
                    There is nothing beside it yet:{' '}
                    {OTHER_WORDS[cohorts[0].name]}
                  </Text>
                )}
              </div>
            )
          }
        </AsyncContent>
      </SectionCard>
    </Page>
  );
};
