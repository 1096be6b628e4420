import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { CatalogedComponent } from '../components/ComponentStore';
import { openDatabase } from '../database/migrate';
import { databaseStores, Stores } from '../stores';

/** Databases of the tests of one file. */
export function testDatabases() {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  return async (): Promise<Stores & { knex: Knex }> => {
    const knex = await databases.init('POSTGRES_18');
    await openDatabase(
      mockServices.database.mock({ getClient: async () => knex }),
    );
    return { ...databaseStores(knex), knex };
  };
}

/** A component of the catalog. */
export function component(
  name: string,
  more: Partial<CatalogedComponent> = {},
): CatalogedComponent {
  return {
    entityRef: `component:default/${name}`,
    title: name,
    owner: 'group:default/checkout',
    etag: 'a',
    ...more,
  };
}
