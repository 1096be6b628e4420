import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Flex, Link, Text } from '@backstage/ui';
import { EVIDENCE, METRIC_NAMES } from '@waymark/backstage-plugin-dora-common';
import {
  AsyncContent,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { doraApiRef } from '../../api/DoraApi';
import { askedOf, USUAL_DAYS } from '../../data/asked';
import { useLive } from '../../data/useLive';
import { ago, when } from '../../time';
import {
  basisWords,
  KIND_WORDS,
  METRIC_HEADS,
  valueOf,
  valueWords,
} from '../../words';
import { eventsChange, EventsOf, listQuery } from '../events/eventsQuery';
import { resultWords } from '../events/eventWords';
import { Five } from '../overview/Five';
import { OutLink } from '../shared/OutLink';
import { Gate } from '../shared/Page';
import { EVENTS_ID, useLinks } from '../shared/useLinks';
import styles from './entity.module.css';

const SHOWN = 3;

const Latest = ({ asked }: { asked: ReturnType<typeof askedOf> }) => {
  const api = useApi(doraApiRef);
  const query = { ...listQuery(asked, { list: 'deployments' }), limit: SHOWN };
  const state = useLive(() => api.getDeployments(query), JSON.stringify(query));
  const { timeZone } = asked.window;
  return (
    <AsyncContent
      state={state}
      what="the last deployments"
      onRetry={state.retry}
    >
      {({ items }) =>
        items.length === 0 ? null : (
          <div>
            <h3 className={styles.heading}>Last deployments</h3>
            <ul className={styles.latest}>
              {items.map(item => {
                const at = item.finishedAt ?? item.startedAt;
                return (
                  <li key={item.id}>
                    <OutLink href={item.url}>
                      {resultWords(item)}{' '}
                      <time dateTime={at} title={when(at, timeZone)}>
                        {ago(at)}
                      </time>
                    </OutLink>{' '}
                    <Text variant="body-small" color="secondary">
                      {[
                        item.environment,
                        item.kind !== 'planned' && KIND_WORDS[item.kind],
                      ]
                        .filter(Boolean)
                        .join(', ')}
                    </Text>
                  </li>
                );
              })}
            </ul>
          </div>
        )
      }
    </AsyncContent>
  );
};

const Summary = ({ entityRef }: { entityRef: string }) => {
  const asked = { ...askedOf({}), scope: { entityRef } };
  const links = useLinks();
  const hrefOf = (of: EventsOf) => {
    const given = Object.entries(eventsChange(of)).filter(([, value]) => value);
    const search = new URLSearchParams(given as [string, string][]);
    return `${links.tab(entityRef)}?${search}#${EVENTS_ID}`;
  };
  return (
    <Five asked={asked}>
      {({ metrics }) => (
        <Flex direction="column" gap="4">
          <dl className={styles.five}>
            {METRIC_NAMES.map(metric => {
              const value = valueOf(metrics, metric);
              const { resource, counted } = EVIDENCE[metric];
              return (
                <div key={metric}>
                  <dt>{METRIC_HEADS[metric]}</dt>
                  {value === undefined ? (
                    <dd>No data</dd>
                  ) : (
                    <dd>
                      <Link href={hrefOf({ list: resource, counted })}>
                        <b>{valueWords(metric, value)}</b>
                      </Link>
                      <br />
                      <Text variant="body-small" color="secondary">
                        {basisWords(metrics, metric)}
                      </Text>
                    </dd>
                  )}
                </div>
              );
            })}
          </dl>
          {METRIC_NAMES.every(
            metric => valueOf(metrics, metric) === undefined,
          ) && (
            <Link href={links.tab(entityRef)}>
              Why there is no data, and what to do
            </Link>
          )}
          <Latest asked={asked} />
        </Flex>
      )}
    </Five>
  );
};

/** The five on the overview, and the last deployments. */
export const DeliveryCard = () => {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const links = useLinks();
  return (
    <SectionCard
      title={`Delivery, last ${USUAL_DAYS} days`}
      action={<Link href={links.tab(entityRef)}>All of it</Link>}
    >
      <Gate>
        <Summary entityRef={entityRef} />
      </Gate>
    </SectionCard>
  );
};
