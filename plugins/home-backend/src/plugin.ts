import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { githubCommits } from './github';
import { createRouter } from './router';

/** Backend of the home page, at `/api/home`. */
export const homePlugin = createBackendPlugin({
  pluginId: 'home',
  register(reg) {
    reg.registerInit({
      deps: {
        cache: coreServices.cache,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        userInfo: coreServices.userInfo,
      },
      async init({ cache, catalog, config, httpRouter, ...services }) {
        const integrations = ScmIntegrations.fromConfig(config);
        httpRouter.use(
          createRouter({
            ...services,
            catalog,
            readCommits: githubCommits(integrations, cache),
          }),
        );
      },
    });
  },
});
