import { Knex } from 'knex';
import { component, testDatabases } from '../__testUtils__/database';
import { Stores } from '../stores';

const open = testDatabases();

describe('DatabaseComponentStore', () => {
  let stores: Stores & { knex: Knex };

  const rows = () =>
    stores
      .knex('components')
      .orderBy('id')
      .select('id', 'entity_ref', 'title', 'wanted', 'removed_at');

  beforeEach(async () => {
    stores = await open();
  });

  it('asks for what is new or changed, and uses up no numbers for the rest', async () => {
    const { components } = stores;
    await components.save([component('a'), component('b')]);
    for (let i = 0; i < 5; i += 1) {
      await components.save([component('a'), component('b')]);
    }
    await components.save([
      component('a', { etag: 'b', title: 'Half \ud800 and \0' }),
      component('c'),
    ]);
    expect(await rows()).toMatchObject([
      { id: 1, title: 'Half \ufffd and \ufffd', wanted: 2 },
      { id: 2, title: 'b', wanted: 1 },
      { id: 3, title: 'c', wanted: 1 },
    ]);
  });

  it('keeps what left for a while, in case that it comes back', async () => {
    const { components, knex } = stores;
    await components.save([component('a'), component('b'), component('c')]);
    await components.retain(['component:default/a']);
    await components.save([component('b')]);
    expect((await rows()).map(row => row.removed_at === null)).toEqual([
      true,
      true,
      false,
    ]);
    await knex('components')
      .whereNotNull('removed_at')
      .update({ removed_at: knex.raw(`now() - interval '31 days'`) });
    await components.retain(['component:default/a']);
    expect(await rows()).toMatchObject([{ id: 1 }, { id: 2 }]);
  });
});
