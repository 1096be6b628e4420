const TABLES = ['services', 'templates', 'template_versions', 'creations'];
const EVENTS = [
  ['insert', 'new'],
  ['update', 'new'],
  ['delete', 'old'],
];

/**
 * Forms that were opened, and a number that grows with each change of what the
 * pages are made of, so that it need not be read again while nothing changed.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('visits', table => {
    table.comment(
      'Forms of golden paths that were opened; nobody knows by whom',
    );
    table.uuid('id').primary();
    table.text('template_ref').notNullable();
    table.timestamp('opened_at').notNullable().index();
    table.timestamp('started_at').comment('When the form was sent');
  });

  await knex.schema.createTable('facts_version', table => {
    table.comment(
      'Grows with each change of services, templates and creations',
    );
    table.boolean('one').primary().defaultTo(true);
    table.bigInteger('version').notNullable().defaultTo(0);
    table.check('one');
  });
  await knex('facts_version').insert({ one: true });
  // A statement that changed no row changes nothing.
  await knex.raw(
    `create function count_facts_change() returns trigger language plpgsql as $$
     begin
       if exists (select from changed) then
         update facts_version set version = version + 1;
       end if;
       return null;
     end $$`,
  );
  for (const table of TABLES) {
    for (const [event, rows] of EVENTS) {
      await knex.raw(
        `create trigger ${table}_${event} after ${event} on ${table}
         referencing ${rows} table as changed
         for each statement execute function count_facts_change()`,
      );
    }
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of TABLES) {
    for (const [event] of EVENTS) {
      await knex.raw(`drop trigger ${table}_${event} on ${table}`);
    }
  }
  await knex.raw('drop function count_facts_change()');
  await knex.schema.dropTable('facts_version');
  await knex.schema.dropTable('visits');
};
