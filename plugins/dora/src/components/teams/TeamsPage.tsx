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
import styles from './teams.module.css';

type Team = CohortsAnswer['cohorts'][number];

/** Each asks for its own history. */
const PAGE = 20;

const Value = (props: { team: Team; metric: MetricName }) => {
  const { team, metric } = props;
  const value = valueOf(team.metrics, metric);
  return value === undefined ? (
    <Text color="secondary">No data</Text>
  ) : (
    <>
      <b>{valueWords(metric, value)}</b>
      <span className={shared.note}>{basisWords(team.metrics, metric)}</span>
    </>
  );
};

/** The five of a team as a list: what fits a wide table fits a phone too. */
const TeamFive = ({ team, asked }: { team: Team; asked: Asked }) => {
  const api = useApi(doraApiRef);
  const query = metricsQuery({ ...asked, scope: { owner: team.name } });
  const history = useLive(
    async () => (team.name ? api.getMetrics(query) : undefined),
    JSON.stringify(query),
  );
  return (
    <dl className={styles.five}>
      {METRIC_NAMES.map(metric => (
        <div key={metric}>
          <dt>{METRIC_HEADS[metric]}</dt>
          <dd>
            <Value team={team} metric={metric} />
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

const Teams = (props: {
  teams: readonly Team[];
  asked: Asked;
  query: Query;
}) => {
  const { teams, asked, query } = props;
  const links = useLinks();
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      <ul className={styles.teams} aria-label="Teams">
        {teams.slice(0, shown).map(team => (
          <li key={team.name}>
            <div className={styles.team}>
              {team.name ? (
                <Link href={links.overview({ ...query, owner: team.name })}>
                  <EntityTitle entityRef={team.name} />
                </Link>
              ) : (
                'No team'
              )}
              <span className={shared.note}>
                {count(team.components, 'component')}
              </span>
            </div>
            <TeamFive team={team} asked={asked} />
          </li>
        ))}
      </ul>
      {teams.length > shown && (
        <Button variant="secondary" onPress={() => setShown(shown + PAGE)}>
          {`Show more of ${count(teams.length, 'team')}`}
        </Button>
      )}
    </>
  );
};

/** The five by team, by name: it is no ranking. */
export const TeamsPage = () => {
  const api = useApi(doraApiRef);
  const [query, onQuery] = useQuery();
  const asked = askedOf(query);
  const { window, bots } = asked;
  const state = useLive(
    () => api.getCohorts({ ...window, bots, by: 'owner' }),
    JSON.stringify([window, bots]),
  );
  return (
    <Page title="Teams">
      <div className={shared.filters} role="search" aria-label="Delivery">
        <WindowFilters asked={asked} query={query} onQuery={onQuery} />
      </div>
      <SectionCard title="By team">
        <AsyncContent state={state} what="the teams" onRetry={state.retry}>
          {({ cohorts }) =>
            cohorts.length === 0 ? (
              <EmptyState title="The catalog has no component yet" />
            ) : (
              <div className={shared.column}>
                <Text as="p" color="secondary">
                  By name: what teams build differs too much to rank them.
                  Compare a team with its own past.
                </Text>
                <Teams teams={cohorts} asked={asked} query={query} />
              </div>
            )
          }
        </AsyncContent>
      </SectionCard>
    </Page>
  );
};
