/**
 * Pull requests that put components on a golden path that did not make them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('adoptions', table => {
    table.comment('Pull requests that adopt a golden path');
    table.text('repository').notNullable().comment('host/owner/name');
    table.integer('number').notNullable().comment('Of the pull request');
    table.primary(['repository', 'number']);
    table.text('entity_ref').notNullable().index();
    table.text('template_ref').notNullable();
    table.text('version').notNullable();
    table.text('url').notNullable();
    table.text('state').notNullable().comment('open, merged or closed');
    table.text('requested_by').notNullable();
    table.timestamp('requested_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('adoptions');
};
