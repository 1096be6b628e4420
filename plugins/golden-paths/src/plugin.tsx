import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { AnalyticsImplementationBlueprint } from '@backstage/plugin-app-react';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiRouteLine } from '@remixicon/react';
import { goldenPathsApiRef } from './api/GoldenPathsApi';
import { GoldenPathsClient } from './api/GoldenPathsClient';
import { insightsApiRef } from './api/InsightsApi';
import { InsightsClient } from './api/InsightsClient';
import { VisitCounter } from './components/analytics/VisitCounter';
import {
  adoptionRouteRef,
  driftRouteRef,
  newRolloutRouteRef,
  outcomesRouteRef,
  returnRouteRef,
  rolloutRouteRef,
  rolloutsRouteRef,
  rootRouteRef,
  templateRouteRef,
  templatesRouteRef,
} from './routes';

/** The client of the backend. */
export const goldenPathsApi = ApiBlueprint.make({
  params: define =>
    define({
      api: goldenPathsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new GoldenPathsClient(discoveryApi, fetchApi),
    }),
});

/** The client of what is made of the records. */
export const insightsApi = ApiBlueprint.make({
  name: 'insights',
  params: define =>
    define({
      api: insightsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new InsightsClient(discoveryApi, fetchApi),
    }),
});

/** Counts forms that are opened and sent. */
export const visitAnalytics = AnalyticsImplementationBlueprint.make({
  params: define =>
    define({
      deps: { insights: insightsApiRef },
      factory: ({ insights }) => new VisitCounter(insights),
    }),
});

/** What made a service, and how far behind it is. */
export const originCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: { kind: 'component' },
    loader: () =>
      import('./components/entity/OriginCard').then(m => <m.OriginCard />),
  },
});

/** The pages of the company, each of them a sub-page. */
export const goldenPathsPage = PageBlueprint.make({
  params: {
    path: '/golden-paths',
    title: 'Golden paths',
    icon: <RiRouteLine />,
    routeRef: rootRouteRef,
  },
});

/** How far they are taken. */
export const adoptionPage = SubPageBlueprint.make({
  name: 'adoption',
  params: {
    path: 'adoption',
    title: 'Adoption',
    routeRef: adoptionRouteRef,
    loader: () =>
      import('./components/overview/AdoptionPage').then(m => (
        <m.AdoptionPage />
      )),
  },
});

/** How each of them does. */
export const templatesPage = SubPageBlueprint.make({
  name: 'templates',
  params: {
    path: 'templates',
    title: 'Templates',
    routeRef: templatesRouteRef,
    loader: () =>
      import('./components/templates/Templates').then(m => <m.Templates />),
  },
});

/** What comes of them. */
export const outcomesPage = SubPageBlueprint.make({
  name: 'outcomes',
  params: {
    path: 'outcomes',
    title: 'Outcomes',
    routeRef: outcomesRouteRef,
    loader: () =>
      import('./components/outcomes/OutcomesPage').then(m => (
        <m.OutcomesPage />
      )),
  },
});

/** What they save. */
export const returnPage = SubPageBlueprint.make({
  name: 'return',
  params: {
    path: 'return',
    title: 'Return',
    routeRef: returnRouteRef,
    loader: () =>
      import('./components/return/ReturnPage').then(m => <m.ReturnPage />),
  },
});

/** Which services are behind. */
export const driftPage = SubPageBlueprint.make({
  name: 'drift',
  params: {
    path: 'drift',
    title: 'Drift',
    routeRef: driftRouteRef,
    loader: () =>
      import('./components/drift/DriftPage').then(m => <m.DriftPage />),
  },
});

/** New versions brought to all services. */
export const rolloutsPage = SubPageBlueprint.make({
  name: 'rollouts',
  params: {
    path: 'rollouts',
    title: 'Rollouts',
    routeRef: rolloutsRouteRef,
    loader: () =>
      import('./components/rollouts/RolloutsPage').then(m => (
        <m.RolloutsPage />
      )),
  },
});

/** How far golden paths are taken. */
export const goldenPathsPlugin = createFrontendPlugin({
  pluginId: 'golden-paths',
  title: 'Golden paths',
  icon: <RiRouteLine />,
  extensions: [
    goldenPathsApi,
    insightsApi,
    visitAnalytics,
    originCard,
    goldenPathsPage,
    adoptionPage,
    templatesPage,
    driftPage,
    rolloutsPage,
    outcomesPage,
    returnPage,
  ],
  routes: {
    root: rootRouteRef,
    adoption: adoptionRouteRef,
    templates: templatesRouteRef,
    template: templateRouteRef,
    outcomes: outcomesRouteRef,
    return: returnRouteRef,
    drift: driftRouteRef,
    rollouts: rolloutsRouteRef,
    newRollout: newRolloutRouteRef,
    rollout: rolloutRouteRef,
  },
});
