/**
 * Rows are made without waiting for the disk, so a crash of the server may take the last
 * of them back. A count of how often they were made came to the same number again for
 * other rows then, and replicas went on with those that had been taken back. A time does
 * not come again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Who makes rows waits no longer; the start is tried again.
  await knex.raw(`set local lock_timeout = '5s'`);
  await knex.raw(
    'alter table row_work alter column made type double precision',
  );
  await knex.raw(
    `comment on column row_work.made is
     'When rows were made last, in microseconds, or later: what was computed of others is old'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('alter table row_work alter column made type integer using 0');
  await knex.raw(
    `comment on column row_work.made is
     'How often rows were made: what was computed of them is old'`,
  );
};
