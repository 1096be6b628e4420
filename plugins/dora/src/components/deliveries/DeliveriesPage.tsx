import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { doraIngestPermission } from '@waymark/backstage-plugin-dora-common';
import { EmptyState } from '@waymark/backstage-plugin-insights-react';
import { Delivery, DELIVERY_STATES } from '../../api/deliveries';
import { doraApiRef } from '../../api/DoraApi';
import { useKept } from '../../data/useKept';
import { useLive } from '../../data/useLive';
import {
  CountedSelect,
  LatestFirst,
  PAGE,
  usePage,
} from '../shared/LatestFirst';
import { Gate, Page } from '../shared/Page';
import { DeliveryList, STATE_WORDS } from './DeliveryList';
import { History } from './History';

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
  const { query, cursor } = usePage();
  const asked = DELIVERY_STATES.find(one => one === query.state);
  const state = useLive(
    () => api.getDeliveries({ state: asked, limit: PAGE, cursor }),
    JSON.stringify([asked, cursor]),
    'dora:received',
  );
  const counts = useKept(state.value?.counts);
  const total =
    counts && (asked ? [asked] : DELIVERY_STATES).map(one => counts[one]);
  return (
    <LatestFirst
      what="webhooks"
      state={state}
      total={total?.reduce((a, b) => a + b)}
      filters={
        <CountedSelect
          label="Outcome"
          any="Any"
          name="state"
          values={DELIVERY_STATES}
          words={STATE_WORDS}
          counts={counts}
        />
      }
      empty={
        <EmptyState title="There are none">
          The overview says which webhook to add where data is missing.
        </EmptyState>
      }
    >
      {items => (
        <DeliveryList
          deliveries={items}
          action={delivery =>
            delivery.state === 'quarantined' ? (
              <Replay delivery={delivery} onDone={state.retry} />
            ) : null
          }
        />
      )}
    </LatestFirst>
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
