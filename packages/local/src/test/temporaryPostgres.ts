import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { PostgresCluster } from '../postgres/PostgresCluster';
import { freePort } from './freePort';

/** Runs work with the connection string of a PostgreSQL made for it alone. */
export async function withTemporaryPostgres<T>(
  work: (connectionString: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-postgres-'));
  chmodSync(folder, 0o755);
  const cluster = new PostgresCluster({
    folder,
    port: await freePort(),
    password: 'only-for-this-test-run',
    // What a test run loses at a power cut is made again by the next one.
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
  });
  try {
    await cluster.start('postgres');
    const { host, port, user, password } = cluster.connection;
    return await work(`postgresql://${user}:${password}@${host}:${port}`);
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Makes an empty database on a server.
 *
 * @returns its address, as `postgres://user:password@host:port/name`
 */
export async function createDatabase(
  connectionString: string,
  name: string,
): Promise<string> {
  const client = new Client({
    connectionString: `${connectionString}/postgres`,
  });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return `${connectionString.replace(/^postgresql:/, 'postgres:')}/${name}`;
}
