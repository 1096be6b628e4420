/**
 * Deliveries, what they say, the components they are about, and the facts made of it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('inbox', table => {
    table.comment('Deliveries that were acknowledged');
    table.specificType('id', 'bigint generated always as identity').primary();
    table.text('source').notNullable();
    table.text('delivery_id').notNullable();
    table.text('event').notNullable();
    table.timestamp('received_at').notNullable().defaultTo(knex.fn.now());
    table.binary('body').notNullable().comment('As it was sent, by zstd');
    table.integer('size').notNullable().comment('Of the body, in bytes');
    table
      .text('state')
      .notNullable()
      .defaultTo('waiting')
      .comment('waiting, done, ignored or quarantined');
    table.text('reason').comment('Why it is ignored or in quarantine');
    table.integer('observations').notNullable().defaultTo(0);
    table.timestamp('processed_at');
    table
      .boolean('rebuilding')
      .notNullable()
      .defaultTo(false)
      .comment('No fact changes before all of these are read again');
    work(knex, table);
    table.unique(['source', 'delivery_id']);
  });
  // They are compressed already.
  await knex.raw('alter table inbox alter column body set storage external');
  await knex.raw(
    `create index inbox_work on inbox (due_at) where state = 'waiting'`,
  );
  await knex.raw(
    'create index inbox_rebuilding on inbox (id) where rebuilding',
  );
  await knex.raw('create index inbox_listed on inbox (state, id desc)');

  await knex.schema.createTable('observations', table => {
    table.comment('What deliveries say; each once, however often it is said');
    table.text('key').primary().comment('SHA-256 of its canonical JSON');
    table.bigInteger('inbox_id').notNullable().comment('That said it first');
    table.text('repository').comment('host/owner/name, small letters');
    table.specificType('entity_refs', 'text[]');
    table.text('service');
    table.jsonb('data').notNullable();
    table.index('inbox_id');
  });
  for (const [column, how] of [
    ['repository', 'btree'],
    ['service', 'btree'],
    ['entity_refs', 'gin'],
  ]) {
    await knex.raw(
      `create index observations_${column} on observations using ${how} (${column}) where ${column} is not null`,
    );
  }

  await knex.schema.createTable('components', table => {
    table.comment('Components of the catalog, and where their files are');
    table.text('entity_ref').primary();
    table
      .text('unit')
      .notNullable()
      .index()
      .comment('Its repository, or itself where it has none');
    table.text('repository');
    table
      .text('path')
      .notNullable()
      .comment('Folder in the repository; empty for all of it');
    table.specificType('services', 'text[]').notNullable();
  });
  await knex.raw(
    'create index components_services on components using gin (services)',
  );

  await knex.schema.createTable('units', table => {
    table.comment(
      'Repositories, or components without one: facts of each are made at once',
    );
    table.text('id').primary();
    table
      .integer('wanted')
      .notNullable()
      .defaultTo(1)
      .comment('Grows with each observation, also while facts are made');
    table.boolean('waiting').notNullable().defaultTo(true);
    work(knex, table);
  });
  await knex.raw('create index units_work on units (due_at) where waiting');

  await knex.schema.createTable('settings_in_force', table => {
    table.comment('What facts were made with; one row');
    table.boolean('one').primary().defaultTo(true);
    table.text('hash').notNullable();
    table.check('one');
  });

  await knex.schema.createTable('deployments', table => {
    fact(table);
    table.text('environment').notNullable();
    table.boolean('production').notNullable();
    table.text('region');
    table.text('sha');
    table.timestamp('started_at').notNullable();
    table.timestamp('finished_at');
    table.text('result');
    table.text('original_result').notNullable();
    table.text('kind').notNullable();
    table.text('mends_deployment_id');
    table.text('incident_id');
    table.text('url');
    table.index(['entity_ref', 'started_at']);
  });

  await knex.schema.createTable('changes', table => {
    fact(table);
    table.text('repository').notNullable();
    table.integer('number').comment('Of the pull request, if it had one');
    table.text('url');
    table.text('title').notNullable();
    table.text('author').notNullable();
    table.boolean('bot').notNullable();
    table.timestamp('first_commit_at');
    table.timestamp('ready_at');
    table.timestamp('first_review_at');
    table.timestamp('merged_at').notNullable();
    table.text('merge_sha').notNullable();
    table.boolean('paths_known').notNullable();
    table.text('deployment_id').index();
    table.timestamp('deployed_at');
    table.index(['entity_ref', 'merged_at']);
  });

  await knex.schema.createTable('incidents', table => {
    fact(table);
    table.text('severity').notNullable();
    table.text('title').notNullable();
    table.text('url');
    table.timestamp('started_at').notNullable();
    table.timestamp('detected_at');
    table.timestamp('resolved_at');
    table.text('deployment_id').index();
    table.text('linked_by').notNullable();
    table.index(['entity_ref', 'started_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of [
    'incidents',
    'changes',
    'deployments',
    'settings_in_force',
    'units',
    'components',
    'observations',
    'inbox',
  ]) {
    await knex.schema.dropTable(name);
  }
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
  table
    .integer('fence')
    .notNullable()
    .defaultTo(0)
    .comment('Grows with each claim; a write with an older one is refused');
  table.text('claimed_by');
  table.timestamp('claimed_until');
}

/** @param {import('knex').Knex.CreateTableBuilder} table */
function fact(table) {
  table.text('id').primary();
  table.text('unit').notNullable().index();
  table.text('entity_ref').notNullable();
  table.text('source').notNullable();
  table.text('external_id').notNullable();
}
