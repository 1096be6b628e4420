/**
 * Tells which months of a component became others, so that only these are written
 * and read again. Their numbers hardly compress: that is not tried.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    `alter table row_months
       add column hash text not null generated always as (
         md5(md5(rollouts) || md5(changes) || md5(waiting) || md5(unlinked))
       ) stored,
       alter column rollouts set storage external,
       alter column changes set storage external,
       alter column waiting set storage external,
       alter column unlinked set storage external`,
  );
  await knex.raw(
    `comment on column row_months.hash is 'Another one: other rows'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    `alter table row_months
       drop column hash,
       alter column rollouts set storage extended,
       alter column changes set storage extended,
       alter column waiting set storage extended,
       alter column unlinked set storage extended`,
  );
};
