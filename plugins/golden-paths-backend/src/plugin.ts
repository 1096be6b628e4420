import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { goldenPathsPermissions } from '@waymark/backstage-plugin-golden-paths-common';
import { startAdoptions } from './adoptions/startAdoptions';
import { createRouter } from './api/router';
import { readConfig } from './config';
import { scaffolderEngine } from './engine';
import { Previewer } from './Previewer';
import { startReach } from './reach/startReach';
import { startRecords } from './records';
import { startRollouts } from './rollouts/startRollouts';
import { templateSource } from './source';
import { startUpgrades } from './upgrades/startUpgrades';

/** Backend of the golden paths, at `/api/golden-paths`. */
export const goldenPathsPlugin = createBackendPlugin({
  pluginId: 'golden-paths',
  register(reg) {
    reg.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scaffolder: scaffolderServiceRef,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init({ config, httpAuth, httpRouter, ...services }) {
        const settings = readConfig(config);
        const integrations = ScmIntegrations.fromConfig(config);
        const engine = scaffolderEngine(services);
        const { permissions, permissionsRegistry, urlReader } = services;
        const previewer = new Previewer({
          ...services,
          engine,
          readSource: templateSource(urlReader, integrations),
        });
        const { knex, ...records } = await startRecords(services, settings);
        const { platformTeam } = settings;
        const shared = { ...services, config, knex, platformTeam };
        const upgrading = await startUpgrades({
          ...shared,
          engine,
          integrations,
        });
        const adoptions = await startAdoptions({
          ...shared,
          engine,
          integrations,
        });
        const rolling = await startRollouts(shared, upgrading);
        permissionsRegistry.addPermissions(goldenPathsPermissions);
        httpRouter.use(
          createRouter({
            adoptions,
            httpAuth,
            permissions,
            previewer,
            upgrades: upgrading.upgrades,
            ...records,
            reach: startReach({
              ...services,
              ...records,
              engine,
              integrations,
            }),
            ...rolling,
          }),
        );
      },
    });
  },
});
