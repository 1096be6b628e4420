import { openDatabase } from '../../plugins/compliance-backend/src/database/migrate';
import {
  databaseStores,
  Stores,
} from '../../plugins/compliance-backend/src/stores';
import knexFactory, { Knex } from 'knex';

/** How many components there are. */
export const COMPONENTS = Number(process.env.BENCH_COMPONENTS);

/** What the compliance backend keeps, in the benchmark's database. */
export async function openStores(): Promise<Stores & { knex: Knex }> {
  const knex = await openDatabase({
    getClient: async () =>
      knexFactory({
        client: 'pg',
        connection: JSON.parse(process.env.BENCH_DATABASE ?? ''),
        // As many as a backend of Backstage has.
        pool: { min: 0, max: 10 },
      }),
  });
  return { ...databaseStores(knex), knex };
}
