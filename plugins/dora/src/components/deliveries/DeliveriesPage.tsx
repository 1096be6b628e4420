import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { doraIngestPermission } from '@waymark/backstage-plugin-dora-common';
import {
  AsyncContent,
  EmptyState,
  OptionSelect,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { Delivery, DELIVERY_STATES, DeliveryState } from '../../api/deliveries';
import { doraApiRef } from '../../api/DoraApi';
import { useLive } from '../../data/useLive';
import { Gate, Page } from '../shared/Page';
import { DeliveryList, STATE_WORDS } from './DeliveryList';
import { History } from './History';
import shared from '../shared/shared.module.css';

const PAGE = 50;

const Replay = (props: { delivery: Delivery; onDone: () => void }) => {
  const { delivery, onDone } = props;
  const api = useApi(doraApiRef);
  const [state, setState] = useState<{ pending?: boolean; error?: Error }>({});
  const replay = async () => {
    setState({ pending: true });
    try {
      await api.replay(delivery.id);
      setState({});
      onDone();
    } catch (error) {
      setState({ error: error as Error });
    }
  };
  return (
    <>
      {state.error && (
        <Alert
          status="danger"
          icon
          title="It was not read again"
          description={state.error.message}
        />
      )}
      <Button
        variant="secondary"
        size="small"
        onPress={replay}
        isPending={state.pending}
        aria-label={`Read again: ${delivery.source} ${delivery.event} ${delivery.deliveryId}`}
      >
        Read again
      </Button>
    </>
  );
};

const Deliveries = () => {
  const api = useApi(doraApiRef);
  const [query, onQuery] = useQuery();
  const asked = DELIVERY_STATES.find(one => one === query.state);
  const cursor = /^\d+$/.test(query.before ?? '') ? query.before : undefined;
  const state = useLive(
    // What is answered is never undefined: that would still be loading.
    async () => ({
      page: await api.getDeliveries({ state: asked, limit: PAGE, cursor }),
    }),
    JSON.stringify([asked, cursor]),
    'dora:received',
  );
  const counts = state.value?.page?.counts;
  const wordsOf = (value: DeliveryState) =>
    counts
      ? `${STATE_WORDS[value]} (${counts[value].toLocaleString('en-GB')})`
      : STATE_WORDS[value];
  return (
    <SectionCard title={cursor ? 'Older webhooks' : 'The last webhooks'}>
      <div className={shared.column}>
        <div className={shared.filters}>
          <OptionSelect
            label="Outcome"
            any="Any"
            options={DELIVERY_STATES.map(value => ({
              value,
              label: wordsOf(value),
            }))}
            value={asked}
            onChange={value => onQuery({ state: value, before: undefined })}
          />
        </div>
        <AsyncContent state={state} what="the deliveries" onRetry={state.retry}>
          {({ page }) => (
            <>
              {page?.items.length ? (
                <DeliveryList
                  deliveries={page.items}
                  action={delivery =>
                    delivery.state === 'quarantined' ? (
                      <Replay delivery={delivery} onDone={state.retry} />
                    ) : null
                  }
                />
              ) : (
                <EmptyState
                  title={
                    page
                      ? 'There are none'
                      : 'This portal keeps no list of deliveries'
                  }
                >
                  The overview says which webhook to add where data is missing.
                </EmptyState>
              )}
              <div className={shared.bar}>
                {cursor && (
                  <Button
                    variant="secondary"
                    onPress={() => onQuery({ before: undefined })}
                  >
                    Latest
                  </Button>
                )}
                {page?.next && (
                  <Button
                    variant="secondary"
                    onPress={() => onQuery({ before: page.next })}
                  >
                    Older
                  </Button>
                )}
              </div>
            </>
          )}
        </AsyncContent>
      </div>
    </SectionCard>
  );
};

/** What came in of late, and what came of it; for those who look after it. */
export const DeliveriesPage = () => (
  <Page title="Deliveries">
    <Gate permission={doraIngestPermission} what="the deliveries">
      <History />
      <Deliveries />
    </Gate>
  </Page>
);
