/**
 * Attempts at what failed for a moment.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('components', table => {
    table
      .integer('retries')
      .notNullable()
      .defaultTo(0)
      .comment('Since all that was asked did answer');
    table
      .timestamp('retry_at')
      .comment('Whoever did not answer is asked again not before');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('components', table => {
    table.dropColumns('retries', 'retry_at');
  });
};
