import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Link, Text } from '@backstage/ui';
import {
  doraIngestPermission,
  Five,
  METRIC_NAMES,
} from '@waymark/backstage-plugin-dora-common';
import { SectionCard } from '@waymark/backstage-plugin-insights-react';
import { Delivery } from '../../api/deliveries';
import { doraApiRef } from '../../api/DoraApi';
import { NO_DATA_WORDS } from '../../words';
import { DeliveryList } from '../deliveries/DeliveryList';
import { useLinks } from '../shared/useLinks';
import { useGuide } from './useGuide';
import shared from '../shared/shared.module.css';
import styles from './metrics.module.css';

/** With their page of the documentation, if they have one. */
const SOURCES: { id: string; title: string; sends: string; guide?: string }[] =
  [
    {
      id: 'github',
      title: 'GitHub',
      sends:
        'pushes, pull requests, deployments, deployment statuses; issues, as incidents; for deployments by workflow or release also workflow runs, releases',
    },
    {
      id: 'argocd',
      title: 'Argo CD',
      sends: 'syncs, as deployments',
      guide: 'argocd',
    },
    {
      id: 'cdevents',
      title: 'CDEvents',
      sends: 'deployments, incidents',
      guide: 'cdevents',
    },
    {
      id: 'pagerduty',
      title: 'PagerDuty',
      sends: 'incidents',
      guide: 'incidents',
    },
    {
      id: 'alertmanager',
      title: 'Alertmanager',
      sends: 'alerts, as incidents',
      guide: 'incidents',
    },
  ];

const SHOWN = 5;

/** What came in of late. */
const LastDeliveries = ({ deliveries }: { deliveries: Delivery[] }) => {
  const links = useLinks();
  return (
    <div>
      <h3 className={styles.heading}>Last deliveries</h3>
      {deliveries.length > 0 ? (
        <DeliveryList deliveries={deliveries} />
      ) : (
        <Text as="p">None has come in.</Text>
      )}
      {links.deliveries && deliveries.length > 0 && (
        <Link href={links.deliveries}>All deliveries</Link>
      )}
    </div>
  );
};

/** Says why values are missing, which webhook to add, and what came in of late. */
export const MissingHelp = ({ five }: { five: Five }) => {
  const api = useApi(doraApiRef);
  const guideOf = useGuide();
  const { allowed } = usePermission({ permission: doraIngestPermission });
  const { value: addresses } = useAsync(
    () => Promise.all(SOURCES.map(({ id }) => api.webhookAddress(id))),
    [api],
  );
  const { value: last } = useAsync(
    async () => (allowed ? api.getDeliveries({ limit: SHOWN }) : undefined),
    [api, allowed],
  );
  const reasons = METRIC_NAMES.flatMap(metric => {
    const result = five[metric];
    return result.status === 'no-data' ? [result.why] : [];
  });
  const missing = [...new Set(reasons)].filter(
    why => NO_DATA_WORDS[why].webhook,
  );
  if (missing.length === 0) return null;
  return (
    <SectionCard title="What is missing">
      <div className={styles.card}>
        {missing.map(why => (
          <Text key={why} as="p">
            {NO_DATA_WORDS[why].what}
          </Text>
        ))}
        <Text as="p">
          Add a webhook, signed with the secret that the platform team set, to
          the repository or the organisation; each source has an address of its
          own:
        </Text>
        <dl className={styles.sources}>
          {SOURCES.map(({ id, title, sends, guide }, index) => (
            <div key={id} hidden={last && !last.sources.includes(id)}>
              <dt>{title}</dt>
              <dd>
                <code className={shared.address}>{addresses?.[index]}</code>
                <span className={shared.note}>{sends}</span>
                {guide && guideOf(guide) && (
                  <Link href={guideOf(guide)!}>How to connect {title}</Link>
                )}
              </dd>
            </div>
          ))}
        </dl>
        {last && <LastDeliveries deliveries={last.items} />}
      </div>
    </SectionCard>
  );
};
