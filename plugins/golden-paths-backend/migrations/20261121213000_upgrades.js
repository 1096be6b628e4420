/**
 * Pull requests that bring services to a newer version of their golden path.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('upgrades', table => {
    table.comment('Pull requests that upgrade a service');
    table.text('repository').notNullable().comment('host/owner/name');
    table.integer('number').notNullable().comment('Of the pull request');
    table.primary(['repository', 'number']);
    table.text('entity_ref').notNullable().index();
    table.text('template_ref').notNullable().index();
    table.text('from_version').notNullable();
    table.text('to_version').notNullable();
    table.integer('conflicts').notNullable().comment('Files to decide on');
    table.text('url').notNullable();
    table.text('state').notNullable().comment('open, merged or closed');
    table.text('requested_by').notNullable();
    table.timestamp('requested_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('upgrades');
};
