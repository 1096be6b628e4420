import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { TemplateCard as TemplateCardComponent } from '@backstage/plugin-scaffolder-react/alpha';

/** How golden paths look on the Create page. */
export const templatesModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SwappableComponentBlueprint.make({
      name: 'scaffolder-template-card',
      params: define =>
        define({
          component: TemplateCardComponent,
          loader: () => import('./TemplateCard').then(m => m.TemplateCard),
        }),
    }),
  ],
});
