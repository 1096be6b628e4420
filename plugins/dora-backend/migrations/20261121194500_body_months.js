/**
 * Bodies of deliveries lie by month beside the inbox, so that a month is dropped at
 * once. No row is written: bodies that are there stay in theirs until they are dropped.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Who keeps a delivery meanwhile waits no longer; the start is tried again.
  await knex.raw(`set local lock_timeout = '5s'`);
  await knex.raw(
    `create table bodies (
       month date not null,
       inbox_id bigint not null,
       body bytea not null,
       primary key (month, inbox_id)
     ) partition by range (month)`,
  );
  await knex.raw(
    `comment on table bodies is 'Of deliveries, as they were sent, by zstd'`,
  );
  // They are compressed already.
  await knex.raw('alter table bodies alter column body set storage external');
  await knex.raw('create table bodies_default partition of bodies default');
  await knex.schema.createTable('body_months', table => {
    table.comment('Months that bodies have a table for, or had');
    table.date('month').primary();
    table.timestamp('dropped_at').comment('With all bodies in it');
  });
  await knex.schema.alterTable('inbox', table => {
    table
      .date('month')
      .comment('That its body lies in; none where it lies in this row');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // What is kept from now on is not lost, but refused.
  await knex.raw('lock table bodies in access exclusive mode');
  await knex.raw(
    `update inbox set body = bodies.body from bodies
     where bodies.month = inbox.month and bodies.inbox_id = inbox.id`,
  );
  await knex.raw(
    `update inbox set body_dropped_at = body_months.dropped_at from body_months
     where body_months.month = inbox.month and body_months.dropped_at is not null`,
  );
  await knex.schema.alterTable('inbox', table => {
    table.dropColumn('month');
  });
  await knex.schema.dropTable('body_months');
  await knex.schema.dropTable('bodies');
};
