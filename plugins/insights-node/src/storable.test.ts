import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { storable, storableData } from './storable';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('storable', () => {
  it('is taken by PostgreSQL, and comes back as it is', async () => {
    const knex = await databases.init('POSTGRES_18');
    const unit = fc.oneof(
      fc.string({ unit: 'binary' }),
      // Halves of characters, and NUL.
      fc
        .integer({ min: 0, max: 0xffff })
        .map(code => String.fromCharCode(code)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(unit), async units => {
        const data = storableData({ text: units.join(''), units });
        const { rows } = await knex.raw('select ?::jsonb as data', [
          JSON.stringify(data),
        ]);
        expect(rows[0].data).toEqual(data);
      }),
    );
  });

  it('leaves text that can be kept', () => {
    expect(storable('naïve 🚢')).toBe('naïve 🚢');
    expect(storable('a\0b\ud83dc')).toBe('a\ufffdb\ufffdc');
  });
});
