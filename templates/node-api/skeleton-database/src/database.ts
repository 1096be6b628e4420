import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { Pool } from 'pg';
import { Gauge, type Registry } from 'prom-client';
import type { Config } from './config.ts';
import { service } from './service.ts';

const CONNECT_MS = 5_000;
const STATEMENT_MS = 10_000;
/** Shorter than the probe waits. */
const PING_MS = 1_500;

/** PostgreSQL. No connection is opened before it is needed. */
export class Database {
  readonly pool: Pool;
  readonly #logger: FastifyBaseLogger;
  #away = false;

  constructor(
    config: Pick<Config, 'DATABASE_URL' | 'DATABASE_POOL_SIZE'>,
    logger: FastifyBaseLogger,
    registry: Registry,
  ) {
    this.#logger = logger;
    this.pool = new Pool({
      application_name: service.name,
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: STATEMENT_MS,
      // For a server that has gone without a word.
      query_timeout: STATEMENT_MS + CONNECT_MS,
      keepAlive: true,
      max: config.DATABASE_POOL_SIZE,
      maxLifetimeSeconds: 1_800,
      ...config.DATABASE_URL,
    });
    // An idle connection broke. Without a listener that would end the process.
    this.pool.on('error', error => this.#isAway(error));
    measurePool(this.pool, registry);
  }

  /** Whether it answers now. A change is logged, once. */
  async answers(): Promise<boolean> {
    const timer = new AbortController();
    try {
      await Promise.race([
        this.pool.query('SELECT 1'),
        sleep(PING_MS, undefined, timer).then(() => {
          throw new Error(`no answer within ${PING_MS} ms`);
        }),
      ]);
    } catch (error) {
      this.#isAway(error);
      return false;
    } finally {
      timer.abort();
    }
    if (this.#away) this.#logger.info('the database answers again');
    this.#away = false;
    return true;
  }

  /** Closes the connections once their statements have ended. */
  close(): Promise<void> {
    return this.pool.end();
  }

  #isAway(error: unknown) {
    if (!this.#away) {
      this.#logger.warn(
        { reason: reasonOf(error) },
        'the database does not answer',
      );
    }
    this.#away = true;
  }
}

/** One line. An address with several IPs fails with an error without a message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}

/** Connections by OpenTelemetry's names. */
function measurePool(pool: Pool, registry: Registry) {
  const registers = [registry];
  new Gauge({
    name: 'db_client_connection_count',
    help: 'Connections to the database, by state.',
    labelNames: ['db_client_connection_state'],
    registers,
    collect() {
      const set = (state: string, count: number) =>
        this.set({ db_client_connection_state: state }, count);
      set('idle', pool.idleCount);
      set('used', pool.totalCount - pool.idleCount);
    },
  });
  new Gauge({
    name: 'db_client_connection_max',
    help: 'How many connections to the database there may be.',
    registers,
    collect() {
      this.set(pool.options.max);
    },
  });
  new Gauge({
    name: 'db_client_connection_pending_requests',
    help: 'How many wait for a connection to the database.',
    registers,
    collect() {
      this.set(pool.waitingCount);
    },
  });
}
