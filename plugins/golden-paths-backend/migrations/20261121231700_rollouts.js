/**
 * A new version brought to all services, and upgrades that owners put off.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts', table => {
    table.comment('New versions of templates, brought to all their services');
    table.uuid('id').primary();
    table.text('template_ref').notNullable();
    table.text('title').notNullable().comment('Of the template');
    table.text('version').notNullable();
    table.text('commit').notNullable().comment('That the version is read at');
    table.text('reason').notNullable();
    table.text('canary').notNullable();
    table.integer('batch_size').notNullable();
    table.text('after_canary').notNullable().comment('ask or merge');
    table.text('after_batch').notNullable().comment('ask or go-on');
    table.float('max_failed_share', 53).notNullable();
    table.text('state').notNullable();
    table.text('waits_for');
    table.integer('batch').notNullable().defaultTo(0).comment('0: the canary');
    table.text('started_by').notNullable();
    table.timestamp('started_at').notNullable().index();
    table.timestamp('ended_at');
  });
  await knex.raw(
    `create unique index rollouts_one_at_a_time on rollouts (template_ref)
     where ended_at is null`,
  );

  await knex.schema.createTable('rollout_services', table => {
    table.comment('Services of a rollout, and the work on them');
    table.bigIncrements('id');
    table
      .uuid('rollout_id')
      .notNullable()
      .references('rollouts.id')
      .onDelete('cascade');
    table.text('entity_ref').notNullable();
    table.unique(['rollout_id', 'entity_ref']);
    table.text('title');
    table.text('owner');
    table.text('from_version').notNullable();
    table.integer('batch').comment('None before its turn');
    table
      .text('state')
      .notNullable()
      .comment('What became of the work; due: it is to be done now');
    table.text('reason');
    table.text('claimed_by');
    table.timestamp('claimed_until');
    table.integer('fence').notNullable().defaultTo(0);
    table.integer('attempts').notNullable().defaultTo(0);
    table.timestamp('due_at').notNullable().defaultTo(knex.fn.now());
  });
  await knex.raw(
    `create index rollout_services_due on rollout_services (due_at)
     where state = 'due'`,
  );

  await knex.schema.createTable('snoozes', table => {
    table.comment('Upgrades that owners put off');
    table.text('entity_ref').primary();
    table.text('version').notNullable().comment('The one that is put off');
    table.text('reason').notNullable();
    table.text('until').notNullable().comment('The last day, ISO');
    table.text('snoozed_by').notNullable();
    table.timestamp('snoozed_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['snoozes', 'rollout_services', 'rollouts']) {
    await knex.schema.dropTable(table);
  }
};
