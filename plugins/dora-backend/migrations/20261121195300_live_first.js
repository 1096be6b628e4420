const WORK = ['units', 'row_work'];

/** Which components' rows are made of the facts that changed. */
const CONCERNED = {
  deployments: `select entity_ref from changed union
    select i.entity_ref from incidents i join changed c on c.id = i.deployment_id`,
  changes: 'select entity_ref from changed',
  incidents: `select entity_ref from changed union
    select d.entity_ref from deployments d join changed c on d.id = c.deployment_id`,
};

/**
 * What happens now goes before what is loaded in bulk. What waits keeps its place in
 * the row, however often it is asked for meanwhile.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const name of WORK) {
    await knex.schema.alterTable(name, table => {
      table
        .timestamp('live_at')
        .comment('When something that happens now last asked for it');
    });
    await knex.raw(
      `create index ${name}_live on ${name} (live_at desc nulls last, due_at)
       where waiting`,
    );
  }
  await wantRows(knex, {
    columns: 'id, live_at',
    values: `entity_ref,
      case when current_setting('dora.bulk', true) = 'on' then null else now() end`,
    due: 'case when row_work.waiting then least(row_work.due_at, now()) else now() end',
    more: ', live_at = coalesce(excluded.live_at, row_work.live_at)',
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await wantRows(knex, {
    columns: 'id',
    values: 'entity_ref',
    due: 'now()',
    more: '',
  });
  for (const name of WORK) {
    await knex.schema.alterTable(name, table => {
      table.dropColumn('live_at');
    });
  }
};

/**
 * @param {import('knex').Knex} knex
 * @param {{ columns: string, values: string, due: string, more: string }} how
 */
async function wantRows(knex, { columns, values, due, more }) {
  for (const [table, refs] of Object.entries(CONCERNED)) {
    await knex.raw(`
      create or replace function want_rows_of_${table}() returns trigger language plpgsql as $$
      begin
        insert into row_work (${columns})
        select distinct ${values} from (${refs}) as concerned order by 1
        on conflict (id) do update set
          wanted = row_work.wanted + 1, waiting = true, attempts = 0,
          due_at = ${due}${more};
        return null;
      end $$`);
  }
}
