import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { redoable } from './redoable';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const waits = async (knex: Knex) => {
  const { rows } = await knex.raw('show synchronous_commit');
  return rows[0].synchronous_commit;
};

describe('what can be done again', () => {
  it('is not waited for until it is on the disk, and all else is', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.raw(`create table kept (what text)`);
    // One connection: what is set for one transaction must not last.
    await knex.raw('set synchronous_commit = on');

    const inside = await redoable(knex, async trx => {
      await trx('kept').insert({ what: 'a fact' });
      return waits(trx);
    });

    expect(inside).toBe('off');
    expect(await knex.transaction(waits)).not.toBe('off');
    expect(await knex('kept')).toEqual([{ what: 'a fact' }]);
  });

  it('is not kept where it fails', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.raw(`create table kept (what text)`);

    const failed = redoable(knex, async trx => {
      await trx('kept').insert({ what: 'half of it' });
      throw new Error('It fails');
    });

    await expect(failed).rejects.toThrow('It fails');
    expect(await knex('kept')).toEqual([]);
  });
});
