/** What lists of all components are in the order of. */
const LISTED = [
  ['deployments_at', 'deployments', 'started_at'],
  ['changes_at', 'changes', 'merged_at'],
  ['incidents_at', 'incidents', 'started_at'],
  ['rollout_rows_at', 'rollout_rows', 'at'],
  ['change_rows_at', 'change_rows', 'state, at'],
];

/**
 * What metrics and lists are read from: rows made of a component's facts, and which
 * components they are to be made of anew.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('row_work', table => {
    table.comment('Components whose facts changed since their rows were made');
    table.text('id').primary().comment('Reference of the component');
    table
      .integer('wanted')
      .notNullable()
      .defaultTo(1)
      .comment('Grows with each change, also while rows are made');
    table.boolean('waiting').notNullable().defaultTo(true);
    table
      .integer('made')
      .notNullable()
      .defaultTo(0)
      .comment('How often rows were made: what was computed of them is old');
    table.timestamp('due_at').notNullable().defaultTo(knex.fn.now());
    table.integer('attempts').notNullable().defaultTo(0);
    table.integer('fence').notNullable().defaultTo(0);
    table.text('claimed_by');
    table.timestamp('claimed_until');
  });
  await knex.raw(
    'create index row_work_due on row_work (due_at) where waiting',
  );

  await knex.schema.createTable('rows_in_force', table => {
    table.comment('What rows were made with; one row');
    table.boolean('one').primary().defaultTo(true);
    table.text('hash').notNullable();
    table.check('one');
  });

  await knex.schema.createTable('rollout_rows', table => {
    table.comment('What counts as one deployment, whatever it was brought to');
    table.text('id').primary().comment('Of its first deployment');
    table.text('entity_ref').notNullable();
    table.timestamp('at').notNullable();
    table.specificType('deployment_ids', 'text[]').notNullable();
    table.boolean('reached').notNullable();
    table.boolean('planned').notNullable();
    table.boolean('rework').notNullable();
    table.text('reason').comment('Why it failed; none if it did not');
    table.specificType('incident_ids', 'text[]');
    table.timestamp('since');
    table.timestamp('recovered_at');
    table.boolean('clock_fault');
    table.index(['entity_ref', 'at']);
  });
  await knex.raw(
    'create index rollout_rows_members on rollout_rows using gin (deployment_ids)',
  );
  await knex.raw(
    'create index rollout_rows_failed on rollout_rows (since) where reason is not null',
  );

  await knex.schema.createTable('change_rows', table => {
    table.comment('Changes, and what their lead time makes of them');
    table.text('id').primary();
    table.text('entity_ref').notNullable();
    table.timestamp('at').notNullable().comment('Deployed, or else merged');
    table
      .text('state')
      .notNullable()
      .comment('waiting, lead-time, flagged or unknown');
    table.boolean('bot').notNullable();
    table.index(['entity_ref', 'at']);
  });

  await knex.schema.createTable('row_months', table => {
    table.comment(
      'All rows of a component in a month, packed: see rowCodec.ts',
    );
    table.text('entity_ref').notNullable();
    table.date('month').notNullable();
    for (const name of ['rollouts', 'changes', 'waiting', 'unlinked']) {
      table.binary(name).notNullable();
    }
    table.timestamp('failing_since').comment('When its first failure began');
    table
      .timestamp('failing_until')
      .comment('When its last failure was over; infinity while one is not');
    table.primary(['entity_ref', 'month']);
    table.index('month');
  });

  await knex.schema.createTable('component_attributes', table => {
    table.comment('What the catalog sorts components by');
    table.text('entity_ref').primary();
    table.text('owner').index();
    table.text('system').index();
    table.text('template').comment('None for a bespoke one');
    table.text('tier');
    table.text('language');
  });

  for (const [name, table, columns] of LISTED) {
    await knex.raw(
      `create index ${name} on ${table} (${columns}, id collate "C")`,
    );
  }

  // By the database, so that no fact changes without it.
  for (const [table, refs] of [
    [
      'deployments',
      `select entity_ref from changed union
       select i.entity_ref from incidents i join changed c on c.id = i.deployment_id`,
    ],
    ['changes', 'select entity_ref from changed'],
    [
      'incidents',
      `select entity_ref from changed union
       select d.entity_ref from deployments d join changed c on d.id = c.deployment_id`,
    ],
  ]) {
    await knex.raw(`
      create function want_rows_of_${table}() returns trigger language plpgsql as $$
      begin
        insert into row_work (id)
        select distinct entity_ref from (${refs}) as concerned order by 1
        on conflict (id) do update set
          wanted = row_work.wanted + 1, waiting = true, attempts = 0, due_at = now();
        return null;
      end $$`);
    for (const [event, rows] of [
      ['insert', 'new'],
      ['update', 'new'],
      ['update', 'old'],
      ['delete', 'old'],
    ]) {
      await knex.raw(`
        create trigger want_rows_${event}_${rows} after ${event} on ${table}
        referencing ${rows} table as changed
        for each statement execute function want_rows_of_${table}()`);
    }
  }
  await knex.raw(
    `insert into row_work (id)
     select entity_ref from deployments union
     select entity_ref from changes union
     select entity_ref from incidents`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['deployments', 'changes', 'incidents']) {
    await knex.raw(`drop function want_rows_of_${table}() cascade`);
  }
  for (const [name] of LISTED) await knex.raw(`drop index ${name}`);
  for (const name of [
    'component_attributes',
    'row_months',
    'change_rows',
    'rollout_rows',
    'rows_in_force',
    'row_work',
  ]) {
    await knex.schema.dropTable(name);
  }
};
