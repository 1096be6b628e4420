import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { ButtonLink, Link, Text } from '@backstage/ui';
import {
  AsyncContent,
  AsyncValue,
  EmptyState,
  LifecycleBadge,
  operationsOf,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { Me } from '../data/me';
import { loadMyServices } from '../data/myServices';
import { catalogRouteRef } from '../routes';
import styles from './HomePage.module.css';

const ServiceRow = ({ service }: { service: Entity }) => {
  const entityLink = useEntityRefLink();
  const { docs, runbook, repository, lifecycle } = operationsOf(service);
  const { name, title = name, description } = service.metadata;
  return (
    <li>
      <div className={styles.row}>
        <div className={styles.rowText}>
          <div className={styles.title}>
            <Link href={entityLink(service)} weight="bold" standalone>
              {title}
            </Link>
            {lifecycle && <LifecycleBadge lifecycle={lifecycle} />}
          </div>
          {description && (
            <Text as="p" variant="body-small" color="secondary">
              {description}
            </Text>
          )}
        </div>
        <div className={styles.links}>
          {docs && (
            <Link href={docs} aria-label={`Docs of ${title}`}>
              Docs
            </Link>
          )}
          {runbook && (
            <Link href={runbook.url} aria-label={`Runbook of ${title}`}>
              Runbook
            </Link>
          )}
          {repository && (
            <Link
              href={repository.url}
              target="_blank"
              aria-label={`Repository of ${title}, opens a new tab`}
            >
              Repository
            </Link>
          )}
        </div>
      </div>
    </li>
  );
};

const Services = ({ ownershipRefs }: Me) => {
  const catalogApi = useApi(catalogApiRef);
  const catalogLink = useRouteRef(catalogRouteRef);
  const state = useAsyncRetry(
    () => loadMyServices(catalogApi, ownershipRefs),
    [catalogApi, ownershipRefs],
  );
  return (
    <AsyncContent state={state} what="your services" onRetry={state.retry}>
      {({ services }) =>
        services.length > 0 ? (
          <ul className={styles.list}>
            {services.map(service => (
              <ServiceRow key={stringifyEntityRef(service)} service={service} />
            ))}
          </ul>
        ) : (
          <EmptyState
            title="Neither you nor your teams own a service yet"
            action={
              catalogLink && (
                <ButtonLink
                  variant="secondary"
                  href={`${catalogLink()}?filters[user]=all`}
                >
                  Browse all services
                </ButtonLink>
              )
            }
          >
            Make one from a golden path, or ask its owner to name your team in
            the catalog.
          </EmptyState>
        )
      }
    </AsyncContent>
  );
};

/** What the person and their groups own. */
export const MyServicesCard = (props: {
  me: AsyncValue<Me>;
  onRetry: () => void;
}) => {
  const catalogLink = useRouteRef(catalogRouteRef);
  return (
    <SectionCard
      title="My services"
      action={
        catalogLink && (
          <Link
            href={`${catalogLink()}?filters[kind]=component&filters[user]=owned`}
          >
            All my services
          </Link>
        )
      }
    >
      <AsyncContent state={props.me} what="who you are" onRetry={props.onRetry}>
        {me => <Services {...me} />}
      </AsyncContent>
    </SectionCard>
  );
};
