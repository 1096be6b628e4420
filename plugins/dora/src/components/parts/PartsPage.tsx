import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Link, Text } from '@backstage/ui';
import {
  CohortsAnswer,
  METRIC_NAMES,
  MetricName,
} from '@waymark/backstage-plugin-dora-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { doraApiRef } from '../../api/DoraApi';
import { Asked, askedOf, metricsQuery, Query } from '../../data/asked';
import { useLive } from '../../data/useLive';
import { count } from '../../format';
import { basisWords, METRIC_HEADS, valueOf, valueWords } from '../../words';
import { MetricSparkline } from '../metrics/MetricCard';
import { EntityTitle } from '../shared/EntityName';
import { Page } from '../shared/Page';
import { useLinks } from '../shared/useLinks';
import { WindowFilters } from '../shared/WindowFilters';
import shared from '../shared/shared.module.css';
import styles from './parts.module.css';

type Part = CohortsAnswer['cohorts'][number];

/** By what the company is taken apart: its components have one of each, or none. */
type By = 'owner' | 'system';

const WORDS: Record<By, { one: string; all: string; advice: string }> = {
  owner: {
    one: 'team',
    all: 'Teams',
    advice:
      'By name: what teams build differs too much to rank them. Compare a team with its own past.',
  },
  system: {
    one: 'system',
    all: 'Systems',
    advice:
      'By name: what systems do differs too much to rank them. Compare a system with its own past.',
  },
};

/** Each asks for its own history. */
const PAGE = 20;

const Value = (props: { part: Part; metric: MetricName }) => {
  const { part, metric } = props;
  const value = valueOf(part.metrics, metric);
  return value === undefined ? (
    <Text color="secondary">No data</Text>
  ) : (
    <>
      <b>{valueWords(metric, value)}</b>
      <span className={shared.note}>{basisWords(part.metrics, metric)}</span>
    </>
  );
};

/** The five of a part as a list: what fits a wide table fits a phone too. */
const PartFive = (props: { by: By; part: Part; asked: Asked }) => {
  const { by, part, asked } = props;
  const api = useApi(doraApiRef);
  const query = metricsQuery({ ...asked, scope: { [by]: part.name } });
  const history = useLive(
    async () => (part.name ? api.getMetrics(query) : undefined),
    JSON.stringify(query),
  );
  return (
    <dl className={styles.five}>
      {METRIC_NAMES.map(metric => (
        <div key={metric}>
          <dt>{METRIC_HEADS[metric]}</dt>
          <dd>
            <Value part={part} metric={metric} />
            <div className={styles.spark}>
              {history.value && (
                <MetricSparkline
                  metric={metric}
                  series={history.value.series}
                />
              )}
            </div>
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Parts = (props: {
  by: By;
  parts: readonly Part[];
  asked: Asked;
  query: Query;
}) => {
  const { by, parts, asked, query } = props;
  const { one, all } = WORDS[by];
  const links = useLinks();
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      <ul className={styles.parts} aria-label={all}>
        {parts.slice(0, shown).map(part => (
          <li key={part.name}>
            <div className={styles.part}>
              {part.name ? (
                <Link href={links.overview({ ...query, [by]: part.name })}>
                  <EntityTitle entityRef={part.name} />
                </Link>
              ) : (
                `No ${one}`
              )}
              <span className={shared.note}>
                {count(part.components, 'component')}
              </span>
            </div>
            <PartFive by={by} part={part} asked={asked} />
          </li>
        ))}
      </ul>
      {parts.length > shown && (
        <Button variant="secondary" onPress={() => setShown(shown + PAGE)}>
          {`Show more of ${count(parts.length, one)}`}
        </Button>
      )}
    </>
  );
};

/** What has a name first. */
const inOrder = (parts: readonly Part[]) =>
  [...parts].sort((a, b) => Number(!a.name) - Number(!b.name));

const PartsPage = ({ by }: { by: By }) => {
  const { one, all, advice } = WORDS[by];
  const api = useApi(doraApiRef);
  const [query, onQuery] = useQuery();
  const asked = askedOf(query);
  const { window, bots } = asked;
  const state = useLive(
    () => api.getCohorts({ ...window, bots, by }),
    JSON.stringify([window, bots, by]),
  );
  return (
    <Page title={all}>
      <div className={shared.filters} role="search" aria-label="Delivery">
        <WindowFilters asked={asked} query={query} onQuery={onQuery} />
      </div>
      <SectionCard title={`By ${one}`}>
        <AsyncContent
          state={state}
          what={`the ${all.toLowerCase()}`}
          onRetry={state.retry}
        >
          {({ cohorts }) =>
            cohorts.length === 0 ? (
              <EmptyState title="The catalog has no component yet" />
            ) : (
              <div className={shared.column}>
                <Text as="p" color="secondary">
                  {advice}
                </Text>
                <Parts
                  by={by}
                  parts={inOrder(cohorts)}
                  asked={asked}
                  query={query}
                />
              </div>
            )
          }
        </AsyncContent>
      </SectionCard>
    </Page>
  );
};

/** The five by team, by name: it is no ranking. */
export const TeamsPage = () => <PartsPage by="owner" />;

/** The five by system, by name: it is no ranking. */
export const SystemsPage = () => <PartsPage by="system" />;
