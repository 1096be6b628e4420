import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link, Text } from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useQuery } from '@waymark/backstage-plugin-insights-react';
import { askedOf } from '../../data/asked';
import { EventsSection } from '../events/EventsSection';
import { useEventsHref } from '../events/useEventsHref';
import { MetricCards } from '../metrics/MetricCards';
import { MissingHelp } from '../metrics/MissingHelp';
import { Charts, hasDeployments } from '../overview/Charts';
import { Distribution } from '../overview/Distribution';
import { Five } from '../overview/Five';
import { Gate } from '../shared/Page';
import { useLinks } from '../shared/useLinks';
import { SampleNotice } from '../shared/SampleNotice';
import { WindowFilters } from '../shared/WindowFilters';
import { Stages } from './Stages';
import { Timeline } from './Timeline';
import shared from '../shared/shared.module.css';

const Delivery = () => {
  const { entity } = useEntity();
  const [query, onQuery] = useQuery();
  const entityRef = stringifyEntityRef(entity);
  const asked = { ...askedOf(query), scope: { entityRef } };
  const links = useLinks();
  const why = links.why(entityRef);
  const hrefOf = useEventsHref();
  return (
    <div className={shared.column}>
      <SampleNotice />
      <div className={shared.filters} role="search" aria-label="Delivery">
        <WindowFilters asked={asked} query={query} onQuery={onQuery} />
      </div>
      <Five asked={asked}>
        {answer => (
          <>
            <MetricCards
              answer={answer}
              days={asked.days}
              hrefOf={hrefOf}
              whyOf={kind => links.why(entityRef, kind)}
            />
            {why && (
              <Text as="p">
                <Link href={why}>What was counted here, and why</Link>
              </Text>
            )}
            <MissingHelp five={answer.metrics} />
            <Timeline asked={asked} asOf={answer.asOf} />
            {hasDeployments(answer) && (
              <>
                <div className={shared.columns}>
                  <Stages leadTime={answer.metrics.leadTime} />
                  <Distribution {...answer} />
                </div>
                <Charts answer={answer} hrefOf={hrefOf} />
              </>
            )}
          </>
        )}
      </Five>
      <EventsSection
        asked={asked}
        query={query}
        onQuery={onQuery}
        named={false}
      />
    </div>
  );
};

/** How changes of a component reach production. */
export const DeliveryTab = () => (
  <Gate>
    <Delivery />
  </Gate>
);
