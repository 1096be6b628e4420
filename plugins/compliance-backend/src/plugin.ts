import { hostname } from 'node:os';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { compliancePermissions } from '@waymark/backstage-plugin-compliance-common';
import { createRouter } from './api/router';
import { Visibility } from './api/Visibility';
import { syncComponents } from './components/syncComponents';
import { readConfig } from './config';
import { openDatabase } from './database/migrate';
import { DeliveryCollector } from './facts/collectors/deliveryFacts';
import { PlatformCharts } from './facts/collectors/PlatformCharts';
import { FactCollector } from './facts/FactCollector';
import { databaseStores } from './stores';
import { ComponentList } from './verdicts/ComponentList';
import { createEngine } from './verdicts/createEngine';
import { Evaluator } from './verdicts/Evaluator';
import { ComplianceWork } from './work/ComplianceWork';
import { followEvents } from './work/followEvents';
import { schedule } from './work/schedule';
import { Worker } from './work/Worker';

/** Backend of compliance, at `/api/compliance`. */
export const compliancePlugin = createBackendPlugin({
  pluginId: 'compliance',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
      },
      async init(services) {
        const { config, events, lifecycle, logger, scheduler } = services;
        const { cadence, chartsUrl, helm, opa } = readConfig(config);
        const integrations = ScmIntegrations.fromConfig(config);
        const knex = await openDatabase(services.database);
        const stores = databaseStores(knex);
        const { index, engine } = await createEngine({ opa });
        const { revision } = index;

        const collector = new FactCollector({
          ...services,
          helm,
          integrations,
          charts: new PlatformCharts(services.urlReader, chartsUrl),
          delivery: new DeliveryCollector(integrations),
        });
        const evaluator = new Evaluator(index, engine);
        const compliance = new ComplianceWork(
          { ...stores, knex, logger, collector, evaluator },
          cadence,
        );
        const worker = new Worker(
          `${hostname()}:${process.pid}`,
          stores.work,
          (claims, signal) => compliance.do(claims, signal),
          logger,
        );
        lifecycle.addShutdownHook(async () => {
          worker.stop();
          await engine.close();
        });

        await stores.work.startWith(revision);
        await followEvents(events, stores.work, ids => worker.wake(ids));
        await schedule(scheduler, {
          sync: signal =>
            syncComponents({ ...services, ...stores, integrations }, signal),
          drain: signal => worker.drain(signal),
          record: () => stores.history.record(),
          tidy: async () => {
            await stores.work.wantOutdated(revision);
            await stores.history.prune();
          },
        });

        services.permissionsRegistry.addPermissions(compliancePermissions);
        services.httpRouter.use(
          createRouter({
            ...services,
            ...stores,
            visibility: new Visibility(services),
            list: new ComponentList(knex),
            refresh: async entityRef => {
              const ids = await stores.work.want(
                { entityRefs: [entityRef] },
                { collect: true, urgent: true },
              );
              worker.wake(ids).catch(error => {
                logger.warn(`${entityRef} waits for the next round`, error);
              });
            },
          }),
        );
      },
    });
  },
});
