/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('fixes', table => {
    table.comment('Pull requests that were opened to mend what a rule found');
    table.text('repository').notNullable().comment('host/owner/name');
    table.integer('number').notNullable().comment('Of the pull request');
    table.primary(['repository', 'number']);
    table.text('entity_ref').notNullable().index();
    table.text('rule').notNullable();
    table.text('url').notNullable();
    table.text('branch').notNullable();
    table.text('state').notNullable().comment('open, merged or closed');
    table.text('requested_by').notNullable();
    table.timestamp('requested_at').notNullable();
    table
      .timestamp('checked_at')
      .notNullable()
      .comment('When the Git host last said what state it is in');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('fixes');
};
