/**
 * Which repositories' histories are fetched, how far, and what else was asked.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('backfills', table => {
    table.comment('Repositories whose history is fetched from their source');
    table.text('id').primary().comment('Source and repository');
    table.text('source').notNullable();
    table.text('repository').notNullable();
    table
      .text('state')
      .notNullable()
      .defaultTo('waiting')
      .comment('waiting, done or failed');
    table.timestamp('since').notNullable().comment('How far back it goes');
    table.text('cursor').comment('Of the last page that was kept');
    table.text('part').comment('What is being fetched');
    table.timestamp('reached').comment('How far back that part has come');
    table.integer('fetched').notNullable().defaultTo(0);
    table.integer('added').notNullable().defaultTo(0);
    table.text('problem').comment('Why it waits, or failed');
    table.timestamp('started_at');
    table.timestamp('changed_at').comment('When the last page was kept');
    table.timestamp('finished_at');
    work(knex, table);
    table.unique(['repository', 'source']);
  });
  await knex.raw(
    `create index backfills_work on backfills (due_at) where state = 'waiting'`,
  );

  await knex.schema.createTable('questions', table => {
    table.comment('What only a source knows, and no webhook tells');
    table.text('id').primary().comment('SHA-256 of the question');
    table.text('source').notNullable();
    table.text('repository').notNullable().index();
    table.jsonb('question').notNullable();
    table
      .text('state')
      .notNullable()
      .defaultTo('waiting')
      .comment('waiting, answered or unanswered');
    table.text('reason').comment('Why it is not answered');
    work(knex, table);
  });
  await knex.raw(
    `create index questions_work on questions (due_at) where state = 'waiting'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('questions');
  await knex.schema.dropTable('backfills');
};

/**
 * Who works on it, and until when.
 *
 * @param {import('knex').Knex} knex
 * @param {import('knex').Knex.CreateTableBuilder} table
 */
function work(knex, table) {
  table.timestamp('due_at').notNullable().defaultTo(knex.fn.now());
  table.integer('attempts').notNullable().defaultTo(0);
  table.integer('fence').notNullable().defaultTo(0);
  table.text('claimed_by');
  table.timestamp('claimed_until');
}
