import {
  createFrontendModule,
  PageLayout as PageLayoutComponent,
} from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { PageLayout } from './PageLayout';

/** The frame of every page. */
export const layoutModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SwappableComponentBlueprint.make({
      name: 'core-page-layout',
      params: define =>
        define({ component: PageLayoutComponent, loader: () => PageLayout }),
    }),
  ],
});
