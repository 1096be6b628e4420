/**
 * Who merged when, by person: each person's first and tenth pull request are
 * found without reading those of others.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`set local lock_timeout = '5s'`);
  await knex.raw(
    `create index changes_by_author on changes (author, merged_at)
     where number is not null and not bot`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index changes_by_author');
};
