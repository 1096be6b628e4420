import { Helmet } from 'react-helmet';
import {
  AppRootElementBlueprint,
  configApiRef,
  createFrontendModule,
  useApi,
  useBreadcrumbEntries,
} from '@backstage/frontend-plugin-api';

/** Names the tab after the page; pages that name it themselves win. */
const DocumentTitle = () => {
  const appTitle = useApi(configApiRef).getString('app.title');
  const { items } = useBreadcrumbEntries();
  const labels = items.map(({ label }) => label).reverse();
  return <Helmet defaultTitle={[...labels, appTitle].join(' | ')} />;
};

/** Document titles, which most pages of the new frontend system leave out. */
export const titlesModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    AppRootElementBlueprint.make({
      name: 'document-title',
      params: { element: <DocumentTitle /> },
    }),
  ],
});
