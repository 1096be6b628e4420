import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { Previewer } from './Previewer';
import { createRouter } from './router';
import { templateSource } from './source';
import { scaffolderEngine } from './engine';

/** Backend of the golden paths, at `/api/golden-paths`. */
export const goldenPathsPlugin = createBackendPlugin({
  pluginId: 'golden-paths',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        urlReader: coreServices.urlReader,
      },
      async init({ config, httpAuth, httpRouter, ...services }) {
        const previewer = new Previewer({
          ...services,
          engine: scaffolderEngine(services),
          readSource: templateSource(
            services.urlReader,
            ScmIntegrations.fromConfig(config),
          ),
        });
        httpRouter.use(createRouter({ httpAuth, previewer }));
      },
    });
  },
});
