import { lazy } from 'react';
import {
  createExtension,
  createFrontendModule,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';
import { SearchResultListItemBlueprint } from '@backstage/plugin-search-react/alpha';
import List from '@material-ui/core/List';
import { RiBookOpenLine, RiStackLine } from '@remixicon/react';

const CatalogResult = lazy(() =>
  import('@backstage/plugin-catalog').then(m => ({
    default: m.CatalogSearchResultListItem,
  })),
);
const DocsResult = lazy(() =>
  import('@backstage/plugin-techdocs').then(m => ({
    default: m.TechDocsSearchResultListItem,
  })),
);

type Item = typeof SearchResultListItemBlueprint.dataRefs.item.T;

// The stock items are list items without a list around them.
const resultItem = (type: string, Content: NonNullable<Item['component']>) =>
  createExtension({
    kind: 'search-result-list-item',
    attachTo: { id: 'page:search', input: 'items' },
    output: [SearchResultListItemBlueprint.dataRefs.item],
    factory: ({ node }) => [
      SearchResultListItemBlueprint.dataRefs.item({
        predicate: result => result.type === type,
        component: props => (
          <ExtensionBoundary node={node}>
            <List disablePadding>
              <Content {...props} />
            </List>
          </ExtensionBoundary>
        ),
      }),
    ],
  });

/** Search results of the catalog. */
export const catalogResultModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    resultItem('software-catalog', props => (
      <CatalogResult {...props} icon={<RiStackLine />} />
    )),
  ],
});

/** Search results of the documentation. */
export const docsResultModule = createFrontendModule({
  pluginId: 'techdocs',
  extensions: [
    resultItem('techdocs', props => (
      <DocsResult {...props} icon={<RiBookOpenLine />} />
    )),
  ],
});
