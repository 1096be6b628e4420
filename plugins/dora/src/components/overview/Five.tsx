import { ReactNode } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { MetricsAnswer } from '@waymark/backstage-plugin-dora-common';
import { AsyncContent } from '@waymark/backstage-plugin-insights-react';
import { doraApiRef } from '../../api/DoraApi';
import { Asked, metricsQuery } from '../../data/asked';
import { useLive } from '../../data/useLive';

/** Loads what the values are, and follows them. */
export const Five = (props: {
  asked: Asked;
  children: (answer: MetricsAnswer) => ReactNode;
}) => {
  const api = useApi(doraApiRef);
  const query = metricsQuery(props.asked);
  const state = useLive(() => api.getMetrics(query), JSON.stringify(query));
  return (
    <AsyncContent
      state={state}
      what="the delivery metrics"
      onRetry={state.retry}
    >
      {props.children}
    </AsyncContent>
  );
};
