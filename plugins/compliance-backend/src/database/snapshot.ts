import { Knex } from 'knex';

/** Reads several tables as they are at one moment, whatever is written meanwhile. */
export function snapshot<T>(
  knex: Knex,
  read: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(read, {
    isolationLevel: 'repeatable read',
    readOnly: true,
  });
}
