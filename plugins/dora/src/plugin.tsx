import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiRocketLine } from '@remixicon/react';
import { doraApiRef } from './api/DoraApi';
import { DoraClient } from './api/DoraClient';
import {
  cohortsRouteRef,
  deliveriesRouteRef,
  entityContentRouteRef,
  overviewRouteRef,
  rootRouteRef,
  systemsRouteRef,
  teamsRouteRef,
  whyRouteRef,
} from './routes';

const DELIVERED = { kind: 'component' };
/** What has components that are delivered. */
const PARTS = [{ kind: 'system' }, { kind: 'group', 'spec.type': 'team' }];

/** The client of the backend. */
export const doraApi = ApiBlueprint.make({
  params: define =>
    define({
      api: doraApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new DoraClient(discoveryApi, fetchApi),
    }),
});

/** All that is known of a component's deliveries. */
export const deliveryTab = EntityContentBlueprint.make({
  params: {
    path: 'delivery',
    title: 'Delivery',
    icon: <RiRocketLine />,
    routeRef: entityContentRouteRef,
    filter: DELIVERED,
    loader: () =>
      import('./components/entity/DeliveryTab').then(m => <m.DeliveryTab />),
  },
});

/** The five on the overview. */
export const deliveryCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: { $any: [DELIVERED, ...PARTS] },
    loader: () =>
      import('./components/entity/DeliveryCard').then(m => <m.DeliveryCard />),
  },
});

/** The pages of the company, each of them a sub-page. */
export const doraPage = PageBlueprint.make({
  params: {
    path: '/dora',
    title: 'Delivery',
    icon: <RiRocketLine />,
    routeRef: rootRouteRef,
  },
});

/** The five, and what they are made of. */
export const overviewPage = SubPageBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    title: 'Overview',
    routeRef: overviewRouteRef,
    loader: () =>
      import('./components/overview/OverviewPage').then(m => (
        <m.OverviewPage />
      )),
  },
});

/** The five by team. */
export const teamsPage = SubPageBlueprint.make({
  name: 'teams',
  params: {
    path: 'teams',
    title: 'Teams',
    routeRef: teamsRouteRef,
    loader: () =>
      import('./components/parts/PartsPage').then(m => <m.TeamsPage />),
  },
});

/** The five by system. */
export const systemsPage = SubPageBlueprint.make({
  name: 'systems',
  params: {
    path: 'systems',
    title: 'Systems',
    routeRef: systemsRouteRef,
    loader: () =>
      import('./components/parts/PartsPage').then(m => <m.SystemsPage />),
  },
});

/** Golden path and bespoke side by side. */
export const cohortsPage = SubPageBlueprint.make({
  name: 'cohorts',
  params: {
    path: 'cohorts',
    title: 'Cohorts',
    routeRef: cohortsRouteRef,
    loader: () =>
      import('./components/cohorts/CohortsPage').then(m => <m.CohortsPage />),
  },
});

/** What came in of late. */
export const deliveriesPage = SubPageBlueprint.make({
  name: 'deliveries',
  params: {
    path: 'deliveries',
    title: 'Deliveries',
    routeRef: deliveriesRouteRef,
    loader: () =>
      import('./components/deliveries/DeliveriesPage').then(m => (
        <m.DeliveriesPage />
      )),
  },
});

/** What was counted of a component, and why. */
export const whyPage = SubPageBlueprint.make({
  name: 'why',
  params: {
    path: 'why',
    title: 'What counts',
    routeRef: whyRouteRef,
    loader: () => import('./components/why/WhyPage').then(m => <m.WhyPage />),
  },
});

/** How changes reach production. */
export const doraPlugin = createFrontendPlugin({
  pluginId: 'dora',
  title: 'Delivery',
  icon: <RiRocketLine />,
  extensions: [
    doraApi,
    deliveryTab,
    deliveryCard,
    doraPage,
    overviewPage,
    teamsPage,
    systemsPage,
    cohortsPage,
    whyPage,
    deliveriesPage,
  ],
  routes: {
    root: rootRouteRef,
    overview: overviewRouteRef,
    teams: teamsRouteRef,
    systems: systemsRouteRef,
    cohorts: cohortsRouteRef,
    why: whyRouteRef,
    deliveries: deliveriesRouteRef,
    entityContent: entityContentRouteRef,
  },
});
