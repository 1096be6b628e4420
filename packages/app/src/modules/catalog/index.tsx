import {
  coreExtensionData,
  createExtensionInput,
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import apiDocsPlugin from '@backstage/plugin-api-docs/alpha';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { RiPlugLine, RiStackLine } from '@remixicon/react';

/** Takes the place of the stock list: same filters, own columns. */
const catalogPage = PageBlueprint.makeWithOverrides({
  inputs: {
    filters: createExtensionInput([coreExtensionData.reactElement]),
  },
  factory: (originalFactory, { inputs }) =>
    originalFactory({
      path: '/catalog',
      title: 'Catalog',
      icon: <RiStackLine />,
      routeRef: catalogPlugin.routes.catalogIndex,
      loader: async () => {
        const { CatalogPage } = await import('./CatalogPage');
        return (
          <CatalogPage
            pagination={{ mode: 'offset', limit: 20 }}
            filters={inputs.filters.map(filter =>
              filter.get(coreExtensionData.reactElement),
            )}
          />
        );
      },
    }),
});

const apisPage = PageBlueprint.make({
  params: {
    path: '/api-docs',
    title: 'APIs',
    icon: <RiPlugLine />,
    routeRef: apiDocsPlugin.routes.root,
    loader: () => import('./ApisPage').then(({ ApisPage }) => <ApisPage />),
  },
});

/** The list of APIs, by the same columns. */
export const apisModule = createFrontendModule({
  pluginId: 'api-docs',
  extensions: [apisPage],
});

/** The catalog's list, readable on a laptop and on a phone. */
export const catalogModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [catalogPage],
});
