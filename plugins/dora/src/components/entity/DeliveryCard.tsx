import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
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
import { EntityTitle } from '../shared/EntityName';
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
                      {!asked.scope.entityRef && (
                        <>
                          <EntityTitle entityRef={item.entityRef} />,{' '}
                        </>
                      )}
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

/** A component has a page of its own; what is asked of others is on the overview. */
const PARTS: Record<string, string> = { system: 'system', group: 'owner' };

/** What is asked of an entity, and where all of it is. */
function useOwn(entity: Entity) {
  const links = useLinks();
  const entityRef = stringifyEntityRef(entity);
  const part = PARTS[entity.kind.toLocaleLowerCase('en-US')];
  const query = { [part ?? 'component']: entityRef };
  return {
    query,
    hrefOf: (more: Record<string, string> = {}) => {
      if (part) return links.overview({ ...query, ...more });
      const search = new URLSearchParams(more).toString();
      return links.tab(entityRef) + (search && `?${search}`);
    },
  };
}

const Summary = ({ entity }: { entity: Entity }) => {
  const own = useOwn(entity);
  const asked = askedOf(own.query);
  const hrefOf = (of: EventsOf) => {
    const given = Object.entries(eventsChange(of)).filter(
      (entry): entry is [string, string] => Boolean(entry[1]),
    );
    const href = own.hrefOf(Object.fromEntries(given));
    return href && `${href}#${EVENTS_ID}`;
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
            <Link href={own.hrefOf()}>
              Why there is no data, and what to do
            </Link>
          )}
          <Latest asked={asked} />
        </Flex>
      )}
    </Five>
  );
};

/** The five on the page of a component, a system or a team, and the last deployments. */
export const DeliveryCard = () => {
  const { entity } = useEntity();
  const { hrefOf } = useOwn(entity);
  return (
    <SectionCard
      title={`Delivery, last ${USUAL_DAYS} days`}
      action={<Link href={hrefOf()}>All of it</Link>}
    >
      <Gate>
        <Summary entity={entity} />
      </Gate>
    </SectionCard>
  );
};
