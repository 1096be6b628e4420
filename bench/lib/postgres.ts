import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresCluster } from '@waymark/local';
import { Client } from 'pg';
import { postgresFolder } from '../../packages/local/src/postgres/identity';
import { onEnd } from './cleanup';
import { work } from './paths';

/** How a backend reaches its database server. */
export type Connection = PostgresCluster['connection'];

/** A database server of a benchmark's own. */
export interface Database {
  connection: Connection;
  pid: number;
  stop(): Promise<void>;
  /** Runs one statement in one of its databases. */
  query(database: string, statement: string): Promise<unknown[]>;
}

/**
 * An empty server of the kind laptop mode embeds.
 *
 * @param settings - such as `shared_buffers=1GB`, where it is to stand for a server
 */
export async function startEmptyPostgres(
  name: string,
  port: number,
  settings: string[] = [],
): Promise<Database> {
  const folder = postgresFolder(join(work, 'databases', name));
  rmSync(folder, { recursive: true, force: true });
  const cluster = new PostgresCluster({
    folder,
    port,
    password: 'only-for-this-benchmark',
    settings,
  });
  const stop = onEnd(() => cluster.stop());
  await cluster.start('waymark');
  const { connection } = cluster;
  const pidFile = readFileSync(join(folder, 'data/postmaster.pid'), 'utf8');
  return {
    connection,
    pid: Number(pidFile.split('\n')[0]),
    stop,
    async query(database, statement) {
      const client = new Client({ ...connection, database });
      await client.connect();
      try {
        return (await client.query(statement)).rows;
      } finally {
        await client.end();
      }
    },
  };
}
