import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { replicasDatabaseRef } from './database';

/** A start takes seconds; whoever takes longer has stopped on the way. */
const LONGEST_WAIT = '2min';

const startLockRef = createServiceRef<void>({
  id: 'waymark.replicas.startLock',
  scope: 'root',
});

/**
 * Has replicas start one after the other: plugins make their tables as they start,
 * and two that do so at once leave a lock that nobody gives back. The lock is one
 * of a transaction, so that it ends with the process that holds it.
 */
export const startLockFactory = createServiceFactory({
  service: startLockRef,
  initialization: 'always',
  deps: {
    database: replicasDatabaseRef,
    lifecycle: coreServices.rootLifecycle,
    logger: coreServices.rootLogger,
  },
  async factory({ database, lifecycle, logger }) {
    const knex = await database();
    const trx = await knex.transaction();
    try {
      await trx.raw(`set local lock_timeout = '${LONGEST_WAIT}'`);
      await trx.raw(
        `select pg_advisory_xact_lock(hashtext('waymark.replicas.start'))`,
      );
    } catch (error) {
      logger.warn('Another replica does not end its start', error as Error);
    }
    lifecycle.addStartupHook(async () => {
      // Where its connection is gone, so is the lock.
      await trx.rollback().catch(() => {});
    });
  },
});
