import {
  coreServices,
  createServiceFactory,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import createKnex from 'knex';
import goldenPathsPlugin from '../../plugins/golden-paths-backend/src';
import { runStep } from '../lib/step';
import { fill, serviceRef } from './fill';

const SERVICES = Number(process.env.BENCH_SERVICES);
const TIMES = Number(process.env.BENCH_TIMES ?? 60);
const WARM = 3;
const DAY = 86_400_000;
/** Who asks: nothing is hidden from them. */
const HEADERS = { authorization: mockCredentials.user.header() };

const NO_ROUNDS: SchedulerService = {
  scheduleTask: async () => {},
  triggerTask: async () => {},
  cancelTask: async () => {},
  getScheduledTasks: async () => [],
  createScheduledTaskRunner: () => ({ run: async () => {} }),
};

/** Fills a database, and asks for what the pages show. */
runStep(async () => {
  const knex = createKnex({
    client: 'pg',
    connection: JSON.parse(process.env.BENCH_DATABASE!),
  });
  const backend = await startTestBackend({
    features: [
      goldenPathsPlugin,
      mockServices.rootConfig.factory({
        data: { app: { baseUrl: 'http://localhost' } },
      }),
      mockServices.rootLogger.factory({ level: 'error' }),
      mockServices.database.factory({ knex }),
      // What is asked is in the database, and the catalog's rounds are not run.
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => NO_ROUNDS,
      }),
      catalogServiceMock.factory({ entities: [] }),
    ],
  });
  const creations = await fill(knex, SERVICES);
  await knex.raw('vacuum analyze');
  const address = `http://localhost:${backend.server.port()}/api/golden-paths`;
  const ask = async (path: string) => {
    const begun = performance.now();
    const response = await fetch(`${address}${path}`, { headers: HEADERS });
    const text = await response.text();
    if (!response.ok) throw new Error(`GET ${path}: ${text}`);
    return performance.now() - begun;
  };
  const measure = async (between: (time: number) => Promise<unknown>) => {
    const times: Record<string, number[]> = {};
    for (let time = -WARM; time < TIMES; time++) {
      for (const [name, path] of Object.entries(pagesOf())) {
        await between(time);
        const took = await ask(path);
        if (time >= 0) (times[name] ??= []).push(took);
      }
    }
    return times;
  };
  const quiet = await measure(async () => {});
  const changed = await measure(time =>
    knex('services')
      .where({ entity_ref: serviceRef(1) })
      .update({ title: `Changed ${time} ${performance.now()}` }),
  );
  const memory = process.memoryUsage().rss / 1024 / 1024;
  await backend.stop();
  await knex.destroy();
  return {
    services: SERVICES,
    creations,
    times: TIMES,
    quiet,
    changed,
    memory,
  };
});

function pagesOf(): Record<string, string> {
  const to = new Date(Date.now() + DAY).toISOString().slice(0, 10);
  const window = (days: number) => {
    const from = new Date(Date.parse(to) - days * DAY);
    return `from=${from.toISOString().slice(0, 10)}&to=${to}&timeZone=UTC`;
  };
  return {
    'adoption, 90 days': `/adoption?${window(90)}`,
    'adoption, 365 days': `/adoption?${window(365)}`,
    'templates, 90 days': `/templates?${window(90)}`,
    'services of a template': '/drift?templateRef=path-1&limit=50',
    'funnel, 90 days': `/funnel?${window(90)}`,
  };
}
