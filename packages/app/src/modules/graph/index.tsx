import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import graphPlugin from '@backstage/plugin-catalog-graph/alpha';
import { RiMindMap } from '@remixicon/react';

const graphPage = PageBlueprint.make({
  params: {
    path: '/catalog-graph',
    title: 'Graph',
    icon: <RiMindMap />,
    routeRef: graphPlugin.routes.catalogGraph,
    loader: () => import('./GraphPage').then(({ GraphPage }) => <GraphPage />),
  },
});

/** The graph of the catalog, never empty. */
export const graphModule = createFrontendModule({
  pluginId: 'catalog-graph',
  extensions: [graphPage],
});
