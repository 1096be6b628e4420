/**
 * Bodies of deliveries can be dropped when they are old; that they came stays known.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw('alter table inbox alter column body drop not null');
  await knex.schema.alterTable('inbox', table => {
    table.timestamp('body_dropped_at').comment('It cannot be read again');
  });
  await knex.raw(
    `create index inbox_bodies on inbox (received_at)
     where body is not null and state in ('done', 'ignored')`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index inbox_bodies');
  await knex.schema.alterTable('inbox', table => {
    table.dropColumn('body_dropped_at');
  });
  // What is gone does not come back; nothing is read of nothing.
  await knex.raw(`update inbox set body = '' where body is null`);
  await knex.raw('alter table inbox alter column body set not null');
};
