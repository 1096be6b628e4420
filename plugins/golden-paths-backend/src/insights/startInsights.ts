import {
  AuthService,
  DiscoveryService,
  LoggerService,
  PermissionsService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { Paths } from '../api/Paths';
import { Visibility } from '../api/Visibility';
import { Progress } from '../database/Progress';
import { Funnel } from './Funnel';
import { Neighbours } from './Neighbours';
import { Outcomes } from './Outcomes';
import { TemplatePages } from './TemplatePages';
import { Visits } from './Visits';
import { VisitStore } from './VisitStore';

/** What is made of the records, and of what other plugins say. */
export interface Insights {
  funnel: Funnel;
  outcomes: Outcomes;
  templatePages: TemplatePages;
  visits: Visits;
}

export async function startInsights(
  services: {
    auth: AuthService;
    discovery: DiscoveryService;
    logger: LoggerService;
    permissions: PermissionsService;
    scheduler: SchedulerService;
  },
  records: {
    knex: Knex;
    paths: Paths;
    progress: Progress;
    visibility: Visibility;
  },
): Promise<Insights> {
  const { knex, paths, progress, visibility } = records;
  const store = new VisitStore(knex);
  await services.scheduler.scheduleTask({
    id: 'golden-paths:visits',
    frequency: { hours: 24 },
    initialDelay: { minutes: 15 },
    timeout: { minutes: 10 },
    fn: () => store.forget(),
  });
  const neighbours = new Neighbours(services);
  const visitsSince = await progress.first('visits', new Date());
  return {
    funnel: new Funnel({ neighbours, paths, visits: store, visitsSince }),
    outcomes: new Outcomes(neighbours, visibility),
    templatePages: new TemplatePages(paths, visibility),
    visits: new Visits({ ...services, store, visibility }),
  };
}
