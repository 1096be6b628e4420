import {
  createFrontendModule,
  createTranslationMessages,
} from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { catalogGraphTranslationRef } from '@backstage/plugin-catalog-graph/alpha';
import { kubernetesTranslationRef } from '@backstage/plugin-kubernetes/alpha';
import { userSettingsTranslationRef } from '@backstage/plugin-user-settings/alpha';

const words = [
  createTranslationMessages({
    ref: catalogGraphTranslationRef,
    messages: { 'catalogGraphPage.title': 'Graph' },
  }),
  createTranslationMessages({
    ref: kubernetesTranslationRef,
    messages: {
      'kubernetesContentPage.title': 'Clusters',
      'kubernetesContentPage.emptyState.title': 'Nothing runs here yet',
      'kubernetesContentPage.emptyState.description':
        'No connected cluster runs {{entityName}}. If none is connected at all, the platform team adds one under kubernetes.clusterLocatorMethods.',
    },
  }),
  createTranslationMessages({
    ref: userSettingsTranslationRef,
    messages: { 'identityCard.title': 'Identity' },
  }),
];

/** Plain words where the stock ones do not fit the portal or the place. */
export const wordsModule = createFrontendModule({
  pluginId: 'app',
  extensions: words.map((resource, index) =>
    TranslationBlueprint.make({
      name: `waymark-${index}`,
      params: { resource },
    }),
  ),
});
