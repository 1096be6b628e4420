/**
 * What deliveries say is kept as the text that it came as: it is read as a whole, and
 * need not be taken apart and put together again. Which delivery said it is asked of
 * all at once, when facts are built anew, and needs no index.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Who keeps what a delivery says waits no longer; the start is tried again.
  await knex.raw(`set local lock_timeout = '5s'`);
  await knex.raw('drop index observations_inbox_id_index');
  await knex.raw(
    'alter table observations alter column data type json using data::json',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    'alter table observations alter column data type jsonb using data::jsonb',
  );
  await knex.raw(
    'create index observations_inbox_id_index on observations (inbox_id)',
  );
};
