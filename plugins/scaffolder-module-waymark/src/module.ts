import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/** `ui:field: ServiceName`: well formed and free, checked while one types. */
export const serviceName = FormFieldBlueprint.make({
  name: 'service-name',
  params: { field: () => import('./name/field').then(m => m.serviceNameField) },
});

/** `ui:field: WhatWillBeMade`: the outcome in words, live and on the review. */
export const whatWillBeMade = FormFieldBlueprint.make({
  name: 'what-will-be-made',
  params: { field: () => import('./plan/field').then(m => m.planField) },
});

/** What the forms of Waymark's golden paths are made of. */
export const scaffolderModuleWaymark = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [serviceName, whatWillBeMade],
});
