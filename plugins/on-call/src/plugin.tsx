import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentLayoutBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiAlarmWarningLine } from '@remixicon/react';
import { relationCards } from './relations';

/** Owner, runbook, dashboards, health, code: for whatever can be owned. */
export const onCallCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: { kind: { $in: ['component', 'api', 'system', 'resource'] } },
    loader: () =>
      import('./components/OnCallCard').then(({ OnCallCard }) => (
        <OnCallCard />
      )),
  },
});

/** Puts the first card before all others. */
export const overviewLayout = EntityContentLayoutBlueprint.make({
  name: 'lead-first',
  params: {
    loader: () =>
      import('./components/OverviewLayout').then(m => m.OverviewLayout),
  },
});

/** What an on-call engineer needs, at the head of the entity page. */
export const onCallPlugin = createFrontendPlugin({
  pluginId: 'on-call',
  title: 'On call',
  icon: <RiAlarmWarningLine />,
  extensions: [onCallCard, ...relationCards, overviewLayout],
});
