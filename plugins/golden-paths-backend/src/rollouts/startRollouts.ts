import {
  AuditorService,
  LifecycleService,
  LoggerService,
  RootConfigService,
  SchedulerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import { Offers } from '../api/Offers';
import { DatabasePathStore } from '../services/PathStore';
import { Snoozes } from '../snoozes/Snoozes';
import { SnoozeStore } from '../snoozes/SnoozeStore';
import { portalUrlOf, Upgrading } from '../upgrades/startUpgrades';
import { RolloutAnnouncer } from './RolloutAnnouncer';
import { Rollouts } from './Rollouts';
import { RolloutStore } from './RolloutStore';
import { RolloutWork } from './RolloutWork';
import { RolloutWorker } from './RolloutWorker';

/** Brings new versions to all services, and knows who has put theirs off. */
export async function startRollouts(
  services: {
    auditor: AuditorService;
    catalog: CatalogService;
    config: RootConfigService;
    knex: Knex;
    lifecycle: LifecycleService;
    logger: LoggerService;
    notifications: NotificationService;
    platformTeam: string;
    scheduler: SchedulerService;
    userInfo: UserInfoService;
  },
  upgrading: Upgrading,
): Promise<{ offers: Offers; rollouts: Rollouts; snoozes: Snoozes }> {
  const { config, knex, lifecycle, scheduler } = services;
  const { upgrades, store: upgradeStore, versions, template } = upgrading;
  const paths = new DatabasePathStore(knex);
  const snoozes = new SnoozeStore(knex);
  const store = new RolloutStore(knex);
  const worker = new RolloutWorker({
    ...services,
    announcer: new RolloutAnnouncer(services),
    portalUrl: portalUrlOf(config),
    snoozes,
    store,
    upgrades,
    upgradeStore,
    work: new RolloutWork(knex),
  });
  lifecycle.addShutdownHook(() => worker.stop());
  // On every replica: each takes what is due and nobody else has.
  await scheduler.scheduleTask({
    id: 'golden-paths:rollouts',
    scope: 'local',
    frequency: { seconds: 5 },
    initialDelay: { seconds: 5 },
    timeout: { hours: 1 },
    fn: () => worker.drain(),
  });
  return {
    offers: new Offers({ snoozes, upgrades: upgradeStore }),
    rollouts: new Rollouts({
      ...services,
      paths,
      snoozes,
      store,
      template,
      versions,
      wake: () => worker.wake(),
    }),
    snoozes: new Snoozes({ ...services, paths, store: snoozes }),
  };
}
