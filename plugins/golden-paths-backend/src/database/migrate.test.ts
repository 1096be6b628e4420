import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { MIGRATIONS, openDatabase } from './migrate';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const directory = { directory: MIGRATIONS };

const tables = async (knex: Knex) => {
  const { rows } = await knex.raw(
    `select table_name from information_schema.tables
     where table_schema = current_schema() and table_name not like 'knex%'
     order by 1`,
  );
  return rows.map((row: { table_name: string }) => row.table_name);
};

describe('migrations', () => {
  it('go up, down to nothing, and up again', async () => {
    const knex = await databases.init('POSTGRES_18');
    await openDatabase(
      mockServices.database.mock({ getClient: async () => knex }),
    );
    const all = await tables(knex);
    expect(all).toEqual(
      expect.arrayContaining(['creations', 'services', 'templates']),
    );
    await knex.migrate.rollback(directory, true);
    expect(await tables(knex)).toEqual([]);
    await knex.migrate.latest(directory);
    expect(await tables(knex)).toEqual(all);
  });
});
