import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { AdoptionAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import { EmptyState, ShareBar } from '@waymark/backstage-plugin-insights-react';
import { driftRouteRef } from '../../routes';
import { count } from '../../words';
import shared from '../shared/shared.module.css';

/** What became of what golden paths made, and how often making it failed. */
export const Fate = (props: Pick<AdoptionAnswer, 'fate' | 'runs'>) => {
  const { fate, runs } = props;
  const drift = useRouteRef(driftRouteRef);
  if (runs.started === 0 && fate.created === 0) {
    return (
      <EmptyState title="Nothing was created in this period">
        What golden paths make is recorded from now on.
      </EmptyState>
    );
  }
  return (
    <div className={shared.column}>
      <ShareBar
        title="What golden paths made"
        shares={[
          {
            id: 'on-path',
            label: 'On their path',
            value: fate.onPath,
            tone: 'positive',
          },
          {
            id: 'drifting',
            label: 'Behind it',
            value: fate.drifting,
            tone: 'warning',
            href: drift && `${drift()}?standing=behind`,
          },
          {
            id: 'off-road',
            label: 'Left it',
            value: fate.offRoad,
            tone: 'negative',
          },
          {
            id: 'gone',
            label: 'No longer in the catalog',
            value: fate.gone,
            tone: 'neutral',
          },
          {
            id: 'unknown',
            label: 'Version not known',
            value: fate.unknown,
            tone: 'info',
          },
        ]}
      />
      <Text as="p" color="secondary">
        {[
          `${count(runs.started, 'creation')} started`,
          `${runs.succeeded} succeeded`,
          `${runs.failed} failed`,
          runs.cancelled > 0 && `${runs.cancelled} cancelled`,
          runs.open > 0 && `${runs.open} not ended`,
        ]
          .filter(Boolean)
          .join(', ')}
        .
      </Text>
    </div>
  );
};
