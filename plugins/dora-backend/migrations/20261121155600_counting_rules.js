/**
 * Whose a component is, and what its entity and its team's say of what counts.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('components', table => {
    table.text('owner').comment('Group; none for a user or nobody');
    table
      .jsonb('said')
      .notNullable()
      .defaultTo('{}')
      .comment('Annotations on what counts, by level: component and team');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('components', table => {
    table.dropColumn('owner');
    table.dropColumn('said');
  });
};
