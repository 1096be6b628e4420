import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { discoveryRuns, WhenDiscoveryRests } from './discoveryRuns';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/**
 * A catalog whose scheduler has a task under way, which ends when it is asked of
 * for the second time.
 */
const portal = async (taskId: string) => {
  let whenDiscoveryRests!: WhenDiscoveryRests;
  let start!: () => void;
  const started = new Promise<void>(resolve => (start = resolve));
  let end!: () => void;
  const ended = new Promise<void>(resolve => (end = resolve));
  let asked = 0;
  await startTestBackend({
    features: [
      mockServices.database.factory({
        knex: await databases.init('POSTGRES_18'),
      }),
      schedulerServiceFactory,
      createBackendPlugin({
        pluginId: 'catalog',
        register: reg =>
          reg.registerInit({
            deps: { scheduler: coreServices.scheduler },
            init: ({ scheduler }) =>
              scheduler.scheduleTask({
                id: taskId,
                frequency: { hours: 1 },
                timeout: { hours: 1 },
                fn: async () => {
                  start();
                  await ended;
                },
              }),
          }),
      }),
      createBackendPlugin({
        pluginId: 'scaffolder',
        register: reg =>
          reg.registerInit({
            deps: {
              auth: coreServices.auth,
              discovery: coreServices.discovery,
            },
            init: async ({ auth, discovery }) => {
              whenDiscoveryRests = discoveryRuns({
                auth,
                logger: mockServices.logger.mock(),
                discovery: {
                  ...discovery,
                  getBaseUrl: async pluginId => {
                    if (++asked === 2) end();
                    return discovery.getBaseUrl(pluginId);
                  },
                },
              });
            },
          }),
      }),
    ],
  });
  await started;
  return { whenDiscoveryRests, end, timesAsked: () => asked };
};

describe('runs of discovery', () => {
  it('are waited for', async () => {
    const { whenDiscoveryRests, timesAsked } = await portal(
      'github-provider:tidewater:refresh',
    );

    expect(await whenDiscoveryRests()).toBe(true);
    expect(timesAsked()).toBeGreaterThan(1);
    expect(await whenDiscoveryRests()).toBe(false);
  });

  it('are none of the other tasks of the catalog', async () => {
    const { whenDiscoveryRests, end, timesAsked } = await portal(
      'catalog_orphan_cleanup',
    );

    expect(await whenDiscoveryRests()).toBe(false);
    expect(timesAsked()).toBe(1);
    end();
  });
});
