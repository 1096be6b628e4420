/**
 * Components and the work on them, facts, verdicts, scores and their history,
 * exemptions.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('components', table => {
    table.comment(
      'Components of the catalog, and the work that waits for each',
    );
    table.specificType('id', 'integer generated always as identity').primary();
    table.text('entity_ref').notNullable().unique();
    table.text('title').notNullable();
    table.text('owner').index().comment('Entity reference');
    table.text('system').index().comment('Entity reference');
    table.text('template').comment('Entity reference of what it was made from');
    table.text('repository').index().comment('host/owner/name, small letters');
    table.text('branch').comment('None: the default branch');
    table.text('catalog_etag').notNullable();
    table.timestamp('removed_at').comment('When it had left the catalog');

    table.timestamp('due_at').notNullable().defaultTo(knex.fn.now());
    table.boolean('urgent').notNullable().defaultTo(false);
    table
      .boolean('collect')
      .notNullable()
      .defaultTo(true)
      .comment('Whether facts are collected, or only judged again');
    table
      .integer('wanted')
      .notNullable()
      .defaultTo(1)
      .comment('Grows when work is asked for, also while it is done');
    table
      .integer('fence')
      .notNullable()
      .defaultTo(0)
      .comment('Grows with each claim; a write with an older one is refused');
    table.text('claimed_by');
    table.timestamp('claimed_until');

    table.timestamp('collected_at');
    table.timestamp('evaluated_at');
    table.text('revision').comment('Of the rules of the last evaluation');
    table.jsonb('basis').comment('Hash of each part of the facts then');
  });
  await knex.raw(
    'create index components_work on components (urgent desc, due_at) where removed_at is null',
  );

  await knex.schema.createTable('facts', table => {
    table.comment('What is known of a component, by part');
    component(table);
    table.text('part').notNullable();
    table.binary('data').comment('JSON by zstd; none where it is not known');
    table.text('hash').comment('SHA-256 of the JSON');
    table.text('source');
    table.text('etag');
    table.timestamp('collected_at').notNullable();
    table.text('error').comment('Why it is not known');
    table.primary(['component_id', 'part']);
  });
  // It is compressed already.
  await knex.raw('alter table facts alter column data set storage external');

  await knex.schema.createTable('verdicts', table => {
    table.comment('What each rule says of each component now');
    component(table);
    table.text('rule').notNullable();
    table.text('outcome').notNullable();
    table.jsonb('findings').notNullable();
    table.text('reason');
    table.text('exempt_until').comment('2026-12-31');
    table.timestamp('since').notNullable().comment('Of the outcome');
    table.primary(['component_id', 'rule']);
    table.index(['rule', 'outcome', 'component_id']);
  });

  await knex.schema.createTable('changes', table => {
    table.comment('Verdicts that are not what they were');
    table.specificType('id', 'bigint generated always as identity').primary();
    component(table);
    table.text('rule').notNullable();
    table.text('from_outcome');
    table.text('to_outcome');
    table.text('why').notNullable().comment('facts, rules or exemption');
    table.timestamp('at').notNullable().index();
    table.index(['component_id', 'at']);
  });

  await knex.schema.createTable('scores', table => {
    table.comment('What the verdicts add up to: all of them, and each track');
    component(table);
    table.text('track').notNullable().comment('Or total');
    table.integer('score').comment('None where no rule counts');
    table.integer('passed_weight').notNullable();
    table.integer('counted_weight').notNullable();
    table.integer('passed').notNullable();
    table.integer('failed').notNullable();
    table.integer('unknown').notNullable();
    table.integer('exempt').notNullable();
    table.integer('not_applicable').notNullable();
    table.text('level').comment('Of a track');
    table.primary(['component_id', 'track']);
  });

  await knex.schema.createTable('score_days', table => {
    table.comment('The total of each component at the end of each day in UTC');
    component(table);
    table.date('day').notNullable();
    table.integer('score');
    table.integer('passed_weight').notNullable();
    table.integer('counted_weight').notNullable();
    table.integer('failed').notNullable();
    table.primary(['component_id', 'day']);
    table.index(['day']);
  });

  await knex.schema.createTable('group_days', table => {
    table.comment('The same for the company, each owner and each system');
    table.text('kind').notNullable().comment('all, owner or system');
    table.text('ref').notNullable().comment('Empty for all, and for none');
    table.date('day').notNullable();
    table.integer('components').notNullable();
    table.integer('passed_weight').notNullable();
    table.integer('counted_weight').notNullable();
    table.integer('failed').notNullable();
    table.primary(['kind', 'ref', 'day']);
  });

  await knex.schema.createTable('rules_in_force', table => {
    table.comment('The rules of the replica that started last; one row');
    table.boolean('one').primary().defaultTo(true);
    table.text('revision').notNullable();
    table.timestamp('since').notNullable();
    table.check('one');
  });

  await knex.schema.createTable('exemptions', table => {
    table.comment('Requests to let a component break a rule until a day');
    table.uuid('id').primary();
    table.text('entity_ref').notNullable().index();
    table.text('rule').notNullable();
    table.text('reason').notNullable();
    table.text('until').notNullable().comment('Last day, 2026-12-31');
    table.text('state').notNullable().index();
    table.text('requested_by').notNullable();
    table.timestamp('requested_at').notNullable();
    table.text('decided_by');
    table.timestamp('decided_at');
    table.text('comment');
    table
      .timestamp('warned_at')
      .comment('When its owners were told of the end');
  });
  for (const state of ['requested', 'approved']) {
    await knex.raw(
      `create unique index exemptions_one_${state} on exemptions (entity_ref, rule) where state = '${state}'`,
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of [
    'exemptions',
    'rules_in_force',
    'group_days',
    'score_days',
    'scores',
    'changes',
    'verdicts',
    'facts',
    'components',
  ]) {
    await knex.schema.dropTable(name);
  }
};

/** @param {import('knex').Knex.CreateTableBuilder} table */
function component(table) {
  table
    .integer('component_id')
    .notNullable()
    .references('components.id')
    .onDelete('CASCADE');
}
