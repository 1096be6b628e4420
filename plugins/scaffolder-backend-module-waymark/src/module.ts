import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  createTemplateGlobalValue,
  scaffolderTemplatingExtensionPoint,
} from '@backstage/plugin-scaffolder-node/alpha';
import { createCatalogRegisterAction } from './actions/catalogRegister';
import { createRepositoryCreateAction } from './actions/repositoryCreate';
import { createRepositoryPushAction } from './actions/repositoryPush';
import { createTemplateOriginAction } from './actions/templateOrigin';
import { readDiscovered } from './discovered';
import { discoveryRuns } from './discoveryRuns';
import { githubAccess } from './github/repository';
import { readTemplateGlobals } from './globals';

/** Adds Waymark's actions and the `waymark` template global. */
export const scaffolderModuleWaymark = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'waymark',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        templating: scaffolderTemplatingExtensionPoint,
      },
      async init({
        actions,
        auth,
        catalog,
        config,
        discovery,
        events,
        logger,
        templating,
      }) {
        templating.addTemplateGlobals([
          createTemplateGlobalValue({
            id: 'waymark',
            description:
              'Where repositories go and where the portal is: gitHost, gitOwner, gitUrl, portalUrl',
            value: { ...readTemplateGlobals(config) },
          }),
        ]);
        const access = githubAccess(ScmIntegrations.fromConfig(config));
        actions.addActions(
          createTemplateOriginAction({
            ...access,
            templateCommit: config.getOptionalString('waymark.templateCommit'),
          }),
          createRepositoryCreateAction(access),
          createRepositoryPushAction({ ...access, config }),
          createCatalogRegisterAction({
            auth,
            catalog,
            events,
            isDiscovered: readDiscovered(config),
            logger,
            whenDiscoveryRests: discoveryRuns({ auth, discovery, logger }),
          }),
        );
      },
    });
  },
});
