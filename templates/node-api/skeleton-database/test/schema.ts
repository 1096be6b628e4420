import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type Config, loadConfig } from '../src/config.ts';

/** A schema of PostgreSQL that only one file of tests uses. */
export interface Schema {
  config: Config;
  query(statement: string): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/** @param base - address of a database in which schemas may be made */
export async function createSchema(base: string): Promise<Schema> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(base);
  url.searchParams.set('options', `-csearch_path=${name}`);
  const config = loadConfig({ DATABASE_URL: url.href });
  const client = new Client(config.DATABASE_URL);
  await client.connect();
  await client.query(`CREATE SCHEMA ${name}`);
  return {
    config,
    query: async statement => (await client.query(statement)).rows,
    drop: async () => {
      await client.query(`DROP SCHEMA ${name} CASCADE`);
      await client.end();
    },
  };
}
