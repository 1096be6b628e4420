import { Text } from '@backstage/ui';
import { useQuery } from '@waymark/backstage-plugin-insights-react';
import { Asked, askedOf } from '../../data/asked';
import { count } from '../../format';
import { addDays, dayWords } from '../../time';
import { EventsSection } from '../events/EventsSection';
import { useEventsHref } from '../events/useEventsHref';
import { MetricCards } from '../metrics/MetricCards';
import { MissingHelp } from '../metrics/MissingHelp';
import { Page } from '../shared/Page';
import { useLinks } from '../shared/useLinks';
import { WindowFilters } from '../shared/WindowFilters';
import { Benchmarks } from './Benchmarks';
import { Charts, hasDeployments } from './Charts';
import { Distribution } from './Distribution';
import { Five } from './Five';
import { ScopeFilters } from './ScopeFilters';
import shared from '../shared/shared.module.css';

const windowWords = ({ window: { from, to, timeZone } }: Asked) =>
  `${dayWords(from)} to ${dayWords(addDays(to, -1))}, ${timeZone}`;

/** The five of the company, or of what was chosen; each opens what it is made of. */
export const OverviewPage = () => {
  const [query, onQuery] = useQuery();
  const asked = askedOf(query);
  const hrefOf = useEventsHref();
  const links = useLinks();
  const { entityRef } = asked.scope;
  return (
    <Page title="Delivery">
      <div className={shared.filters} role="search" aria-label="Delivery">
        <WindowFilters asked={asked} query={query} onQuery={onQuery} />
        <ScopeFilters query={query} onQuery={onQuery} />
      </div>
      <Five asked={asked}>
        {answer => (
          <>
            <Text as="p" color="secondary">
              {`${count(answer.components, 'component')}, ${windowWords(
                asked,
              )}`}
            </Text>
            <MetricCards
              answer={answer}
              days={asked.days}
              hrefOf={hrefOf}
              whyOf={entityRef ? kind => links.why(entityRef, kind) : undefined}
            />
            <MissingHelp five={answer.metrics} />
            {hasDeployments(answer) && (
              <>
                <Charts answer={answer} hrefOf={hrefOf} />
                <Distribution {...answer} />
              </>
            )}
            <Benchmarks five={answer.metrics} />
          </>
        )}
      </Five>
      <EventsSection asked={asked} query={query} onQuery={onQuery} named />
    </Page>
  );
};
