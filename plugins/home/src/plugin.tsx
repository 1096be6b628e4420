import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiHome5Line } from '@remixicon/react';
import {
  catalogRouteRef,
  createFromTemplateRouteRef,
  docsRouteRef,
  rootRouteRef,
  searchRouteRef,
  taskRouteRef,
} from './routes';

/** What one sees first, at `/`. */
export const homePage = PageBlueprint.make({
  params: {
    path: '/',
    title: 'Home',
    icon: <RiHome5Line />,
    noHeader: true,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/HomePage').then(({ HomePage }) => <HomePage />),
  },
});

/** The home page. */
export const homePlugin = createFrontendPlugin({
  pluginId: 'home',
  title: 'Home',
  icon: <RiHome5Line />,
  extensions: [homePage],
  routes: { root: rootRouteRef },
  externalRoutes: {
    catalog: catalogRouteRef,
    createFromTemplate: createFromTemplateRouteRef,
    docs: docsRouteRef,
    search: searchRouteRef,
    task: taskRouteRef,
  },
});
