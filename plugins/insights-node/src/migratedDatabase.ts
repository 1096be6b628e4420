import { DatabaseService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/**
 * Connects, and brings the database's shape up to date.
 *
 * @param directory - where its steps are
 */
export async function migratedDatabase(
  database: DatabaseService,
  directory: string,
): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory });
  }
  return knex;
}
