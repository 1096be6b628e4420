import {
  AuthService,
  DatabaseService,
  DiscoveryService,
  LifecycleService,
  LoggerService,
  PermissionsService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { Knex } from 'knex';
import { Paths } from './api/Paths';
import { Provenance } from './api/Provenance';
import { Visibility } from './api/Visibility';
import { Settings } from './config';
import { DatabaseCreationStore } from './creations/CreationStore';
import { CreationSync } from './creations/CreationSync';
import { followTasks } from './creations/followTasks';
import { TaskReader } from './creations/TaskReader';
import { openDatabase } from './database/migrate';
import { Progress } from './database/Progress';
import { KeptFacts } from './insights/KeptFacts';
import { Insights, startInsights } from './insights/startInsights';
import { DatabasePathStore } from './services/PathStore';
import { PathSync } from './services/PathSync';
import { SnoozeStore } from './snoozes/SnoozeStore';

/** Records what golden paths make, and answers what was recorded. */
export async function startRecords(
  services: {
    auth: AuthService;
    catalog: CatalogService;
    database: DatabaseService;
    discovery: DiscoveryService;
    events: EventsService;
    lifecycle: LifecycleService;
    logger: LoggerService;
    permissions: PermissionsService;
    scaffolder: ScaffolderService;
    scheduler: SchedulerService;
  },
  settings: Settings,
): Promise<{
  knex: Knex;
  insights: Insights;
  paths: Paths;
  provenance: Provenance;
  visibility: Visibility;
}> {
  const { scheduler } = services;
  const knex = await openDatabase(services.database);
  const progress = new Progress(knex);
  const stores = {
    creations: new DatabaseCreationStore(knex),
    paths: new DatabasePathStore(knex),
    snoozes: new SnoozeStore(knex),
  };
  const creations = new CreationSync({
    progress,
    store: stores.creations,
    tasks: new TaskReader(services),
  });
  const paths = new PathSync(
    { ...services, progress, store: stores.paths },
    settings.settlingMs,
  );
  await scheduler.scheduleTask({
    id: 'golden-paths:components',
    frequency: { seconds: 30 },
    initialDelay: { seconds: 5 },
    timeout: { minutes: 5 },
    fn: signal => paths.components(signal),
  });
  // They are few, and a newer version of one is news for all that it made.
  await scheduler.scheduleTask({
    id: 'golden-paths:templates',
    frequency: { seconds: 5 },
    initialDelay: { seconds: 5 },
    timeout: { minutes: 1 },
    fn: signal => paths.templates(signal),
  });
  await scheduler.scheduleTask({
    id: 'golden-paths:creations',
    frequency: { seconds: 15 },
    initialDelay: { seconds: 5 },
    timeout: { minutes: 30 },
    fn: signal => creations.pass(signal),
  });
  await scheduler.scheduleTask({
    id: 'golden-paths:creations-again',
    frequency: { hours: 24 },
    initialDelay: { minutes: 10 },
    timeout: { hours: 2 },
    fn: signal => creations.pass(signal, { all: true }),
  });
  await followTasks(services, async taskId => {
    const made = await creations.refresh(taskId);
    if (made?.entityRef) await paths.one(made.entityRef);
  });
  const visibility = new Visibility(services);
  const asked = new Paths(new KeptFacts(knex), visibility, settings);
  return {
    knex,
    visibility,
    insights: await startInsights(services, {
      knex,
      paths: asked,
      progress,
      visibility,
    }),
    paths: asked,
    provenance: new Provenance(stores, visibility),
  };
}
