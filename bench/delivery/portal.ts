import {
  coreServices,
  createServiceFactory,
  SchedulerServiceTaskInvocationDefinition,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import doraPlugin from '../../plugins/dora-backend/src';
import githubModule from '../../plugins/dora-backend-module-github/src';

export const SECRET = 'only-for-this-benchmark';
const ROUND_MS = 1_000;

/**
 * The plugin with the GitHub source in this process, over a database that is filled.
 * The catalog is in memory; facts and rows are made by the plugin's own workers.
 *
 * @returns where it answers
 */
export async function serveDora(
  knex: Knex,
  entities: Entity[],
): Promise<string> {
  const scheduler = {
    // The catalog of the benchmark says nothing of components: they are in the database.
    scheduleTask: async ({
      id,
      fn,
    }: SchedulerServiceTaskInvocationDefinition & { id: string }) => {
      if (id !== 'dora:work') return;
      const { signal } = new AbortController();
      setInterval(() => Promise.resolve(fn(signal)).catch(() => {}), ROUND_MS);
    },
    triggerTask: async () => {},
    cancelTask: async () => {},
    getScheduledTasks: async () => [],
    createScheduledTaskRunner: () => ({ run: async () => {} }),
  };
  const backend = await startTestBackend({
    features: [
      doraPlugin,
      githubModule,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          integrations: { github: [{ host: 'git.example.com', token: 'x' }] },
          dora: {
            sources: { github: { secrets: [SECRET] } },
            ingest: { rateLimit: { deliveries: 1_000_000 } },
          },
        },
      }),
      mockServices.rootLogger.factory({ level: 'warn' }),
      mockServices.database.factory({ knex }),
      catalogServiceMock.factory({ entities }),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
    ],
  });
  return `http://localhost:${backend.server.port()}/api/dora`;
}

/** One component of the catalog, whose page is asked for. */
export function componentOf(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-1' },
  };
}
