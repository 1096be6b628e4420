import { hostname } from 'node:os';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  compliancePermissions,
  complianceReadPermission,
  Part,
} from '@waymark/backstage-plugin-compliance-common';
import {
  Collector,
  complianceCollectorsExtensionPoint,
} from '@waymark/backstage-plugin-compliance-node';
import { Visibility } from '@waymark/backstage-plugin-insights-node';
import { FailingRules } from './actions/FailingRules';
import { registerActions } from './actions/registerActions';
import { createRouter } from './api/router';
import { CampaignAnnouncer } from './campaigns/CampaignAnnouncer';
import { CampaignProgressReader } from './campaigns/CampaignProgressReader';
import { CampaignReminders } from './campaigns/CampaignReminders';
import { Campaigns } from './campaigns/Campaigns';
import { RulesInForce } from './campaigns/RulesInForce';
import { syncComponents } from './components/syncComponents';
import { readConfig } from './config';
import { openDatabase } from './database/migrate';
import { Announcer } from './exemptions/Announcer';
import { Exemptions } from './exemptions/Exemptions';
import { CollectorHealth } from './facts/CollectorHealth';
import { DeliveryCollector } from './facts/collectors/deliveryFacts';
import { PlatformCharts } from './facts/collectors/PlatformCharts';
import { FactCollector } from './facts/FactCollector';
import { startFixes } from './fixes/startFixes';
import { CohortSummary } from './history/CohortSummary';
import { CompanySummary } from './history/CompanySummary';
import { Titles } from './history/titles';
import { databaseStores } from './stores';
import { ComponentList } from './verdicts/ComponentList';
import { RuleOverview } from './verdicts/RuleOverview';
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
    const collectors = new Map<Part, Collector>();
    reg.registerExtensionPoint(complianceCollectorsExtensionPoint, {
      addCollector: collector => collectors.set(collector.part, collector),
    });
    reg.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init(services) {
        const { config, events, lifecycle, logger, scheduler } = services;
        const { cadence, chartsUrl, helm, opa, platformTeam } =
          readConfig(config);
        const integrations = ScmIntegrations.fromConfig(config);
        const knex = await openDatabase(services.database);
        const stores = databaseStores(knex);
        const { index, engine } = await createEngine({ opa });
        const inForce = new RulesInForce(index, stores.campaigns);
        const wantOutdated = async () =>
          stores.work.wantOutdated(
            index.revision,
            (await inForce.now()).revision,
          );

        const charts = new PlatformCharts(services.urlReader, chartsUrl);
        const collector = new FactCollector(
          {
            ...services,
            helm,
            integrations,
            charts,
            delivery: new DeliveryCollector(integrations),
          },
          collectors,
        );
        const evaluator = new Evaluator(engine);
        const compliance = new ComplianceWork(
          { ...stores, knex, logger, collector, evaluator, inForce },
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

        const askFor = async (
          entityRefs: readonly string[],
          collect: boolean,
        ) => {
          const how = { collect, urgent: true };
          const ids = await stores.work.want({ entityRefs }, how);
          // It is kept now: this replica begins at once, and need not end it.
          worker.wake(ids).catch(error => logger.warn('Not done yet', error));
        };
        const exemptions = new Exemptions({
          ...services,
          ...stores,
          index,
          knex,
          announcer: new Announcer({ ...services, index, platformTeam }),
          judge: entityRefs => askFor(entityRefs, false),
        });

        const progress = new CampaignProgressReader(knex);
        const reminders = new CampaignReminders({
          ...stores,
          announcer: new CampaignAnnouncer(services),
          platformTeam,
          progress,
        });
        const management = new Campaigns({
          ...services,
          campaigns: stores.campaigns,
          reminders,
          rejudge: wantOutdated,
          rules: inForce,
        });

        await stores.work.startWith(
          index.revision,
          (
            await inForce.now()
          ).revision,
        );
        await followEvents(events, stores.work, ids => worker.wake(ids));
        await schedule(scheduler, {
          sync: signal =>
            syncComponents({ ...services, ...stores, integrations }, signal),
          drain: signal => worker.drain(signal),
          record: async () => {
            await stores.history.record();
            await stores.campaigns.record();
          },
          tidy: async () => {
            await exemptions.tidy();
            await reminders.round();
            await wantOutdated();
            await stores.history.prune();
          },
        });

        const fixPullRequests = await startFixes({
          ...services,
          charts,
          engine,
          helm,
          index,
          integrations,
          knex,
          platformTeam,
        });

        const visibility = new Visibility(
          services,
          { permission: complianceReadPermission, what: 'read scores' },
          ['component'],
        );
        registerActions(services.actions, {
          failing: new FailingRules(knex),
          rules: async () => (await inForce.now()).rules,
          verdicts: stores.verdicts,
          visibility,
        });

        services.permissionsRegistry.addPermissions(compliancePermissions);
        services.httpRouter.use(
          createRouter({
            ...services,
            ...stores,
            exemptions,
            fixPullRequests,
            inForce,
            health: new CollectorHealth(knex),
            list: new ComponentList(knex),
            management,
            progress,
            refresh: entityRef => askFor([entityRef], true),
            rules: new RuleOverview(knex),
            state: { revision: index.revision, engine: engine.kind },
            cohorts: new CohortSummary(knex),
            summary: new CompanySummary(knex),
            titles: new Titles(services.catalog),
            visibility,
          }),
        );
      },
    });
  },
});
