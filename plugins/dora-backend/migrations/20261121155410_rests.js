const TABLES = ['units', 'row_work'];

/**
 * Until when what was just made is not made again: in a burst, once for many
 * events and not once for each.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const name of TABLES) {
    await knex.schema.alterTable(name, table => {
      table.timestamp('rests_until');
    });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of TABLES) {
    await knex.schema.alterTable(name, table => {
      table.dropColumn('rests_until');
    });
  }
};
