import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  doraSourcesExtensionPoint,
  readSecrets,
} from '@waymark/backstage-plugin-dora-node';
import { ArgocdSource } from './ArgocdSource';
import { readSettings } from './config';

const TOKENS = 'dora.sources.argocd.tokens';

/** Takes notifications of Argo CD where `dora.sources.argocd` has tokens. */
export const doraModuleArgocd = createBackendModule({
  pluginId: 'dora',
  moduleId: 'argocd',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: doraSourcesExtensionPoint,
      },
      async init({ config, logger, sources }) {
        const tokens = readSecrets(config, TOKENS);
        if (tokens) {
          sources.addSource(new ArgocdSource(tokens, readSettings(config)));
        } else {
          logger.info(`Deployments of Argo CD are not taken: set ${TOKENS}`);
        }
      },
    });
  },
});
