/**
 * Campaigns, how far each came, and the rules on trial that they made standing
 * rules.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('components', table => {
    table.text('lifecycle').comment('spec.lifecycle, such as production');
  });
  // Each is described anew on the next round.
  await knex('components').update({ catalog_etag: '' });

  await knex.schema.createTable('campaigns', table => {
    table.comment('Rules that components of a scope are to keep until a day');
    table.uuid('id').primary();
    table.text('title').notNullable();
    table.text('description').notNullable();
    table.specificType('rules', 'text[]').notNullable();
    table.specificType('owners', 'text[]').notNullable();
    table.specificType('systems', 'text[]').notNullable();
    table.specificType('lifecycles', 'text[]').notNullable();
    table.text('deadline').notNullable().comment('Last day, 2026-12-31');
    table.text('state').notNullable().index();
    table.text('created_by').notNullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('started_at');
    table.timestamp('ended_at');
    table.text('ended_by');
    table.specificType('promoted', 'text[]').notNullable().defaultTo('{}');
    table.timestamp('reminded_at');
  });

  await knex.schema.createTable('campaign_days', table => {
    table.comment('How far each was at the end of each day in UTC');
    campaign(table);
    table.date('day').notNullable();
    table.integer('pairs').notNullable();
    table.integer('pairs_done').notNullable();
    table.primary(['campaign_id', 'day']);
  });

  await knex.schema.createTable('campaign_ends', table => {
    table.comment('What the rules of an ended one said of each component then');
    campaign(table);
    table.integer('component_id').notNullable();
    table.text('entity_ref').notNullable();
    table.text('title').notNullable();
    table.text('owner');
    table.text('rule').notNullable();
    table.text('outcome').notNullable();
    table.primary(['campaign_id', 'component_id', 'rule']);
  });

  await knex.schema.createTable('campaign_reminders', table => {
    table.comment('Who is told of what, once: a row is the right to tell it');
    campaign(table);
    table.text('occasion').notNullable().comment('start, 14, 7, 1, overdue…');
    table.text('recipient').notNullable().comment('Entity reference');
    table.timestamp('claimed_at').notNullable();
    table.timestamp('told_at');
    table.primary(['campaign_id', 'occasion', 'recipient']);
  });

  await knex.schema.createTable('promoted_rules', table => {
    table.comment('Rules on trial that count by now');
    table.text('rule').primary();
    table.timestamp('since').notNullable();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('RESTRICT');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of [
    'promoted_rules',
    'campaign_reminders',
    'campaign_ends',
    'campaign_days',
    'campaigns',
  ]) {
    await knex.schema.dropTable(name);
  }
  await knex.schema.alterTable('components', table => {
    table.dropColumn('lifecycle');
  });
};

/** @param {import('knex').Knex.CreateTableBuilder} table */
function campaign(table) {
  table
    .uuid('campaign_id')
    .notNullable()
    .references('campaigns.id')
    .onDelete('CASCADE');
}
