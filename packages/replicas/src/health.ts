import {
  coreServices,
  createServiceFactory,
  RootHealthService,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { replicasDatabaseRef } from './database';

/** Without an answer for so long, there is none; in milliseconds. */
const PATIENCE = 2_000;
/** A connection that says nothing for so long is given up; in milliseconds. */
const GIVEN_UP = 10_000;

/** Whether the database answers; however many ask, it is asked once. */
export class DatabaseCheck {
  private asking?: Promise<boolean>;

  constructor(private readonly database: () => Promise<Knex>) {}

  async answers(): Promise<boolean> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>(resolve => {
      timer = setTimeout(() => resolve(false), PATIENCE);
    });
    return Promise.race([this.asking, late]).finally(() => clearTimeout(timer));
  }

  private async ask(): Promise<boolean> {
    try {
      const knex = await this.database();
      await knex.raw('select 1').timeout(GIVEN_UP);
      return true;
    } catch {
      return false;
    }
  }
}

/**
 * `/.backstage/health/v1/readiness`: 200 where the backend has started, is not
 * ending, and reaches its database. Liveness does not ask for the database: a new
 * process would not bring it back.
 */
export const rootHealthFactory = createServiceFactory({
  service: coreServices.rootHealth,
  deps: {
    database: replicasDatabaseRef,
    lifecycle: coreServices.rootLifecycle,
  },
  factory({ database, lifecycle }): RootHealthService {
    const check = new DatabaseCheck(database);
    let not: string | undefined = 'Backend has not started yet';
    lifecycle.addStartupHook(() => {
      not = undefined;
    });
    lifecycle.addBeforeShutdownHook(() => {
      not = 'Backend is shutting down';
    });
    const refuse = (message: string) => ({
      status: 503,
      payload: { message, status: 'error' },
    });
    return {
      getLiveness: async () => ({ status: 200, payload: { status: 'ok' } }),
      async getReadiness() {
        if (not) return refuse(not);
        if (!(await check.answers())) {
          return refuse('The database does not answer');
        }
        return { status: 200, payload: { status: 'ok' } };
      },
    };
  },
});
