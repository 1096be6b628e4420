import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  doraPermissions,
  doraReadPermission,
} from '@waymark/backstage-plugin-dora-common';
import {
  DeliverySource,
  doraSourcesExtensionPoint,
} from '@waymark/backstage-plugin-dora-node';
import { Visibility } from '@waymark/backstage-plugin-insights-node';
import { registerActions } from './actions/registerActions';
import { createRouter } from './api/router';
import { Scopes } from './api/Scopes';
import { BackfillService } from './backfill/BackfillService';
import { Pace } from './claims/pace';
import { DatabaseAttributeStore } from './components/AttributeStore';
import { syncAttributes } from './components/attributes';
import { DatabaseComponentStore } from './components/ComponentStore';
import { syncComponents } from './components/syncComponents';
import { readConfig } from './config';
import { openDatabase } from './database/migrate';
import { Explainer } from './explain/Explainer';
import { DatabaseFactStore } from './facts/FactStore';
import { Folder } from './facts/Folder';
import { DatabaseUnitStore } from './facts/UnitStore';
import { DatabaseInboxStore } from './ingest/DatabaseInboxStore';
import { IngestMetrics } from './ingest/IngestMetrics';
import { DatabaseObservationStore } from './ingest/ObservationStore';
import { Projection } from './ingest/Projection';
import { Receiver } from './ingest/Receiver';
import { ChangeList } from './read-models/ChangeList';
import { DeliveryMetrics } from './read-models/DeliveryMetrics';
import { DeploymentList } from './read-models/DeploymentList';
import { Firsts } from './read-models/Firsts';
import { IncidentList } from './read-models/IncidentList';
import { News } from './read-models/News';
import { RowMaker } from './read-models/RowMaker';
import { RowReader } from './read-models/RowReader';
import { DatabaseRowStore } from './read-models/RowStore';
import { schedule } from './schedule';
import { Work } from './work';

/** Backend of the delivery metrics, at `/api/dora`. */
export const doraPlugin = createBackendPlugin({
  pluginId: 'dora',
  register(reg) {
    const sources = new Map<string, DeliverySource>();
    reg.registerExtensionPoint(doraSourcesExtensionPoint, {
      addSource(source) {
        if (sources.has(source.id)) {
          throw new Error(`There are two sources of deliveries ${source.id}`);
        }
        sources.set(source.id, source);
      },
    });
    reg.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        telemetry: metricsServiceRef,
      },
      async init(services) {
        const { config, httpRouter, lifecycle, logger } = services;
        const settings = readConfig(config);
        const { backfillDays, ingest, metrics } = settings;
        const integrations = ScmIntegrations.fromConfig(config);
        const knex = await openDatabase(services.database);
        const components = new DatabaseComponentStore(knex);
        const facts = new DatabaseFactStore();
        const inbox = new DatabaseInboxStore(knex);
        const observations = new DatabaseObservationStore(knex);
        const units = new DatabaseUnitStore(knex);
        const stores = { components, facts, inbox, observations, units };
        const attributes = new DatabaseAttributeStore(knex);
        const rowStore = new DatabaseRowStore(knex);
        await units.startWith(settings.facts);
        await rowStore.startWith(metrics);
        await inbox
          .prepare()
          .catch(error =>
            logger.warn('Bodies of this month have no table yet', error),
          );

        const changed = new News('dora:changed', services.signals, logger);
        const received = new News('dora:received', services.signals, logger);
        const pace = new Pace();
        const telemetry = new IngestMetrics(services.telemetry, knex);
        const backfill = new BackfillService(
          { ...stores, knex, logger, sources },
          { days: backfillDays, kept: () => received.tell() },
        );
        const work = new Work({
          logger,
          pace,
          inbox,
          units,
          rows: rowStore,
          projection: new Projection({
            ...stores,
            knex,
            logger,
            sources,
            metrics: telemetry,
          }),
          folder: new Folder(
            { ...stores, knex, note: (...made) => backfill.note(...made) },
            settings.facts,
            pace,
          ),
          rowMaker: new RowMaker(knex, rowStore, metrics, pace),
          read: () => received.tell(),
          made: () => changed.tell(),
        });
        lifecycle.addShutdownHook(async () => {
          await Promise.all([work.stop(), backfill.stop()]);
          changed.stop();
          received.stop();
        });
        await schedule(services.scheduler, {
          sync: async signal => {
            await syncComponents(
              { ...services, components, integrations },
              signal,
            );
            await syncAttributes({ ...services, attributes }, signal);
            await backfill.sync();
          },
          drain: () => work.drain(),
          prepare: () => inbox.prepare(),
          drop: () => inbox.dropBodies(settings.retentionMs),
        });

        await backfill.schedule(services.scheduler);

        const visibility = new Visibility(
          services,
          { permission: doraReadPermission, what: 'read delivery metrics' },
          ['component'],
        );
        const explainer = new Explainer(stores, settings.facts, metrics);
        const read = {
          metrics: new DeliveryMetrics(new RowReader(knex), metrics),
          lists: {
            deployments: new DeploymentList(knex, metrics),
            changes: new ChangeList(knex),
            incidents: new IncidentList(knex),
          },
        };
        registerActions(services.actions, {
          ...read,
          explainer,
          scopes: new Scopes(attributes, visibility),
          visibility,
        });
        services.permissionsRegistry.addPermissions(doraPermissions);
        httpRouter.use(
          createRouter({
            ...services,
            ...stores,
            attributes,
            backfill,
            explainer,
            firsts: new Firsts(knex),
            ingest,
            ...read,
            receiver: new Receiver(
              inbox,
              () => {
                pace.count();
                work.wake();
              },
              telemetry,
            ),
            sources,
            visibility,
            wake: () => work.wake(),
          }),
        );
      },
    });
  },
});
