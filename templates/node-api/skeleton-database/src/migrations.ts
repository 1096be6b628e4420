import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { runner } from 'node-pg-migrate';
import { Client, type ClientConfig } from 'pg';
import { service } from './service.ts';

const FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));
/** Any number, as long as nothing else in this database takes it. */
const LOCK = 7_264_110;

/**
 * Brings the database to its newest version, or down to an empty one. Several
 * at once are fine: one works while the others wait.
 *
 * @returns the migrations that were carried out
 */
export async function migrate(
  connection: ClientConfig,
  logger: FastifyBaseLogger,
  direction: 'up' | 'down' = 'up',
): Promise<string[]> {
  const client = new Client({
    application_name: `${service.name}-migrate`,
    connectionTimeoutMillis: 10_000,
    ...connection,
  });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    // Rather fail than make the running service wait behind a waiting migration.
    await client.query("SET lock_timeout = '5s'");
    const { rows } = await client.query<{ schema: string }>(
      'SELECT current_schema() AS schema',
    );
    const migrations = await runner({
      dbClient: client,
      dir: FOLDER,
      direction,
      count: Number.POSITIVE_INFINITY,
      schema: rows[0]?.schema ?? 'public',
      migrationsTable: 'migrations',
      // Taken above, by one that waits.
      noLock: true,
      logger: {
        info: text => logger.debug(text),
        warn: text => logger.warn(text),
        error: text => logger.error(text),
      },
    });
    return migrations.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
