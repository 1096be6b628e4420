import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { Health } from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  ShareBar,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { ago, when } from '../../time';
import { count, PART_WORDS } from '../../words';
import { Page } from '../shared/Page';
import shared from '../shared/shared.module.css';
import styles from './health.module.css';

const ENGINES: Record<Health['engine'], string> = {
  wasm: 'In the portal (WebAssembly)',
  opa: 'An OPA server',
};

const Engine = ({ revision, engine, components, waiting }: Health) => (
  <SectionCard title="Checks">
    <dl className={styles.facts}>
      <dt>Components</dt>
      <dd>{components.toLocaleString()}</dd>
      <dt>Waiting to be checked</dt>
      <dd>{waiting.toLocaleString()}</dd>
      <dt>Rules are asked</dt>
      <dd>{ENGINES[engine]}</dd>
      <dt>State of the rules</dt>
      <dd>
        <code title={revision}>{revision.slice(0, 12)}</code>
      </dd>
    </dl>
  </SectionCard>
);

const Collector = (props: Health['collectors'][number]) => {
  const { part, known, failed, oldestAt, errors } = props;
  return (
    <SectionCard title={PART_WORDS[part]}>
      <div className={styles.collector}>
        <ShareBar
          title={PART_WORDS[part]}
          shares={[
            { id: 'known', label: 'Known', value: known, tone: 'positive' },
            { id: 'failed', label: 'Failed', value: failed, tone: 'negative' },
          ]}
        />
        {oldestAt && (
          <Text as="p" color="secondary">
            Oldest read{' '}
            <time dateTime={oldestAt} title={when(oldestAt)}>
              {ago(oldestAt)}
            </time>
          </Text>
        )}
        {errors.length > 0 ? (
          <ul className={shared.list} aria-label="Reasons">
            {errors.map(({ message, components }) => (
              <li key={message} className={styles.reason}>
                <Text>{message}</Text>{' '}
                <Text color="secondary" variant="body-small">
                  {count(components, 'component')}
                </Text>
              </li>
            ))}
          </ul>
        ) : (
          <Text color="secondary">Nothing failed.</Text>
        )}
      </div>
    </SectionCard>
  );
};

/** Whether facts come in and rules answer. */
export const HealthPage = () => {
  const api = useApi(complianceApiRef);
  const state = useAsyncRetry(() => api.getHealth(), [api]);
  return (
    <Page
      title="Health"
      actions={
        <Button
          variant="secondary"
          onPress={state.retry}
          isPending={state.loading}
        >
          Look again
        </Button>
      }
    >
      <AsyncContent
        state={state}
        what="the health of the checks"
        onRetry={state.retry}
      >
        {health => (
          <div className={styles.cards}>
            <Engine {...health} />
            {health.collectors.map(collector => (
              <Collector key={collector.part} {...collector} />
            ))}
            {health.collectors.length === 0 && (
              <SectionCard title="Collectors">
                <EmptyState title="Nothing was collected yet" />
              </SectionCard>
            )}
          </div>
        )}
      </AsyncContent>
    </Page>
  );
};
