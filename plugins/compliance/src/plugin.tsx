import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiShieldCheckLine } from '@remixicon/react';
import { complianceApiRef } from './api/ComplianceApi';
import { ComplianceClient } from './api/ComplianceClient';
import { entityContentRouteRef } from './routes';

const SCORED = { kind: 'component' };

/** The client of the backend. */
export const complianceApi = ApiBlueprint.make({
  params: define =>
    define({
      api: complianceApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new ComplianceClient(discoveryApi, fetchApi),
    }),
});

/** All that is said of a component. */
export const complianceTab = EntityContentBlueprint.make({
  params: {
    path: 'compliance',
    title: 'Compliance',
    icon: <RiShieldCheckLine />,
    routeRef: entityContentRouteRef,
    filter: SCORED,
    loader: () =>
      import('./components/entity/ComplianceTab').then(m => (
        <m.ComplianceTab />
      )),
  },
});

/** The score on the overview. */
export const complianceCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: SCORED,
    loader: () =>
      import('./components/entity/ComplianceCard').then(m => (
        <m.ComplianceCard />
      )),
  },
});

/** How far rules are kept. */
export const compliancePlugin = createFrontendPlugin({
  pluginId: 'compliance',
  title: 'Compliance',
  icon: <RiShieldCheckLine />,
  extensions: [complianceApi, complianceTab, complianceCard],
  routes: { entityContent: entityContentRouteRef },
});
