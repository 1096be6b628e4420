const STEPS = [
  'step_components',
  'step_passed_weight',
  'step_counted_weight',
  'step_failed',
];

/**
 * What of a component's total is other than on the day before: a history of any
 * components adds up few of these instead of a row a day.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('score_days', table => {
    table
      .boolean('step')
      .notNullable()
      .defaultTo(false)
      .comment('Whether anything is other than on the day before');
    for (const name of STEPS) table.integer(name).notNullable().defaultTo(0);
  });
  await knex.raw(`
    update score_days set
      step = true, step_components = now.components,
      step_passed_weight = now.passed_weight,
      step_counted_weight = now.counted_weight, step_failed = now.failed
    from (
      select component_id, day,
        case when lag(day) over earlier is null then 1 else 0 end as components,
        passed_weight - coalesce(lag(passed_weight) over earlier, 0) as passed_weight,
        counted_weight - coalesce(lag(counted_weight) over earlier, 0) as counted_weight,
        failed - coalesce(lag(failed) over earlier, 0) as failed
      from score_days
      window earlier as (partition by component_id order by day)
    ) as now
    where now.component_id = score_days.component_id and now.day = score_days.day
      and (now.components, now.passed_weight, now.counted_weight, now.failed) <> (0, 0, 0, 0)`);
  await knex.raw(`
    create index score_days_steps on score_days (component_id, day)
      include (${STEPS.join(', ')}) where step`);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index score_days_steps');
  await knex.schema.alterTable('score_days', table => {
    table.dropColumns('step', ...STEPS);
  });
};
