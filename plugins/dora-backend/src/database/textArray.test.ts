import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { arrayLiteral, textArray } from './textArray';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('arrays of text', () => {
  it('are read by PostgreSQL as they are', async () => {
    const knex = await databases.init('POSTGRES_18');
    const text = fc
      .string({ unit: 'grapheme-composite' })
      .filter(value => !value.includes('\0'));
    const special = fc.constantFrom(
      '',
      'NULL',
      '{}',
      'a,b',
      '"',
      '\\',
      '\n',
      '🚢',
    );
    const values = fc.array(fc.oneof(text, special));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.oneof(text, special))),
        values,
        async (some, all) => {
          const { rows } = await knex.raw(
            'select ?::text[] as sent, ?::text::text[] as written',
            [textArray(some), arrayLiteral(all)],
          );
          expect(rows).toEqual([{ sent: some, written: all }]);
        },
      ),
    );
  });
});
