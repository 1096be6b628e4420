import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Two that make a schema of one name at once get in each other's way. */
const ATTEMPTS = 5;

/**
 * The database, for the backend as a whole. It is reached when first asked for: what
 * refuses an unsafe configuration comes before.
 */
export const replicasDatabaseRef = createServiceRef<() => Promise<Knex>>({
  id: 'waymark.replicas.database',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.rootLogger,
      },
      factory({ config, lifecycle, logger }) {
        const connect = async () => {
          for (let attempt = 1; ; attempt += 1) {
            const manager = DatabaseManager.fromConfig(config, {
              rootLogger: logger,
              rootLifecycle: lifecycle,
            });
            try {
              return await manager
                .forPlugin('replicas', { logger, lifecycle })
                .getClient();
            } catch (error) {
              if (attempt === ATTEMPTS) throw error;
              await delay(200 * attempt);
            }
          }
        };
        let connected: Promise<Knex> | undefined;
        return () => (connected ??= connect());
      },
    }),
});
