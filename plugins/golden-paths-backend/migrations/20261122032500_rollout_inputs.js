/**
 * Answers to what a new version asks, for all services of a rollout that have none.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`set local lock_timeout = '5s'`);
  await knex.schema.alterTable('rollouts', table => {
    table.jsonb('inputs').notNullable().defaultTo('{}');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('rollouts', table => {
    table.dropColumn('inputs');
  });
};
