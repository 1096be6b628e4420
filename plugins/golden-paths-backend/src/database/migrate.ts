import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Where the steps of the database's shape are. */
export const MIGRATIONS = resolvePackagePath(
  '@waymark/backstage-plugin-golden-paths-backend',
  'migrations',
);

/** Connects, and brings the database's shape up to date. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: MIGRATIONS });
  }
  return knex;
}
