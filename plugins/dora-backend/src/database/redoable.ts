import { Knex } from 'knex';

/**
 * A transaction that all see at once, and that is on the disk a moment later. Only
 * for work that says in it that it is done: what a crash of the database server
 * takes back, at most its last second, is then done again.
 *
 * See https://www.postgresql.org/docs/current/wal-async-commit.html
 */
export function redoable<T>(
  knex: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(async trx => {
    await trx.raw('set local synchronous_commit = off');
    return work(trx);
  });
}
