/**
 * What golden paths made, and what the catalog says of it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('creations', table => {
    table.comment('Runs of templates; one row for each task of the scaffolder');
    table.uuid('task_id').primary();
    table.text('template_ref').notNullable();
    table.text('template_version');
    table.text('template_commit');
    table.jsonb('inputs').notNullable().comment('Answers, without secrets');
    table
      .jsonb('left_out')
      .notNullable()
      .comment('Names of answers that may be secret');
    table.text('user_ref');
    table.timestamp('queued_at').notNullable();
    table.timestamp('started_at').comment('Of the latest run of the task');
    table.timestamp('finished_at');
    table.text('status').notNullable().comment("The scaffolder's own word");
    table.text('outcome').notNullable();
    table.text('failed_step_id');
    table.text('failed_step_name');
    table.text('message').comment('Why it failed, as the scaffolder says it');
    table.text('entity_ref');
    table.text('repository_url');
    table.boolean('is_retried').notNullable().defaultTo(false);
    table
      .timestamp('heartbeat_at')
      .comment('With the next, how late the task was read');
    table.bigInteger('last_event').notNullable().defaultTo(0);
    table.index('entity_ref');
    table.index('queued_at');
  });
  await knex.raw(
    `create index creations_open on creations (task_id)
     where outcome in ('waiting', 'running')`,
  );

  await knex.schema.createTable('services', table => {
    table.comment('Components, as the catalog has them or had them');
    table.text('entity_ref').primary();
    table.text('title');
    table.text('owner');
    table.text('type');
    table.text('template_ref');
    table.text('template_version');
    table.text('first_template_ref').comment('When it was first seen');
    table.timestamp('first_seen_at').notNullable();
    table
      .boolean('is_older')
      .notNullable()
      .comment('It was there before anybody looked: its age is not known');
    table.timestamp('gone_at');
    table.index('template_ref');
  });

  await knex.schema.createTable('templates', table => {
    table.comment('Golden paths, as the catalog has them or had them');
    table.text('template_ref').primary();
    table.text('title');
    table.text('owner');
    table.text('type');
    table.text('version');
    table.text('lifecycle').notNullable();
    table.text('sunset');
    table.text('successor');
    table.float('time_saved_seconds', 53);
    table.timestamp('first_seen_at').notNullable();
    table.boolean('is_older').notNullable();
    table.timestamp('gone_at');
  });

  await knex.schema.createTable('template_versions', table => {
    table.comment(
      'Versions that a template had, or that something was made of',
    );
    table.text('template_ref').notNullable();
    table.text('version').notNullable();
    table.timestamp('first_seen_at').notNullable();
    table.primary(['template_ref', 'version']);
  });

  await knex.schema.createTable('progress', table => {
    table.comment('How far what is read again and again was read');
    table.text('name').primary();
    table.timestamp('reached_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'progress',
    'template_versions',
    'templates',
    'services',
    'creations',
  ]) {
    await knex.schema.dropTable(table);
  }
};
