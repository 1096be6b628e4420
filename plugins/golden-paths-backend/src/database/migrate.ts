import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { migratedDatabase } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';

/** Where the steps of the database's shape are. */
export const MIGRATIONS = resolvePackagePath(
  '@waymark/backstage-plugin-golden-paths-backend',
  'migrations',
);

/** Connects, and brings the database's shape up to date. */
export function openDatabase(database: DatabaseService): Promise<Knex> {
  return migratedDatabase(database, MIGRATIONS);
}
