/**
 * A month's hash is now of all that its rows say, so that it tells which rows of the
 * lists are others, too. Months without one are written when they are made next.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('row_months', table => {
    table.dropColumn('hash');
  });
  await knex.schema.alterTable('row_months', table => {
    table
      .text('hash')
      .notNullable()
      .defaultTo('')
      .comment('Of all its rows; another one: other rows');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('row_months', table => {
    table.dropColumn('hash');
  });
  await knex.raw(
    `alter table row_months
       add column hash text not null generated always as (
         md5(md5(rollouts) || md5(changes) || md5(waiting) || md5(unlinked))
       ) stored`,
  );
};
