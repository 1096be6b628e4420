import { Knex } from 'knex';

const DAY = `(now() at time zone 'utc')::date - ago`;

/**
 * A past for every component: each mended something every four weeks, on a day of
 * its own, so that all have days on which nothing changed and days on which it did.
 */
export async function fillHistory(knex: Knex, days: number): Promise<void> {
  await knex.raw(
    `insert into score_days (component_id, day, score, passed_weight,
       counted_weight, failed, step, step_components, step_passed_weight,
       step_counted_weight, step_failed)
     select component_id, day, 100 * passed / nullif(counted, 0), passed, counted,
       failed,
       (passed, failed) is distinct from (lag(passed) over past, lag(failed) over past),
       case when lag(passed) over past is null then 1 else 0 end,
       passed - coalesce(lag(passed) over past, 0),
       counted - coalesce(lag(counted) over past, 0),
       failed - coalesce(lag(failed) over past, 0)
     from (
       select component_id, ${DAY} as day, counted_weight as counted,
         greatest(0, passed_weight - 3 * ((ago + component_id % 28) / 28)) as passed,
         failed + (ago + component_id % 28) / 28 as failed
       from scores cross join generate_series(1, ?::int) as ago
       where track = 'total'
     ) as days
     window past as (partition by component_id order by day)`,
    [days],
  );
  await knex.raw(
    `insert into group_days
       (kind, ref, day, components, passed_weight, counted_weight, failed)
     select case when grouping(owner) = 0 then 'owner'
         when grouping(system) = 0 then 'system' else 'all' end,
       coalesce(case when grouping(owner) = 0 then owner
         when grouping(system) = 0 then system end, ''),
       day, count(*), sum(passed_weight), sum(counted_weight), sum(failed)
     from score_days join components on components.id = component_id
     group by grouping sets ((day, owner), (day, system), (day))`,
  );
}

/** A burn-up of as many days for a campaign that runs. */
export async function fillCampaign(
  knex: Knex,
  id: string,
  days: number,
): Promise<void> {
  await knex('campaigns')
    .where({ id })
    .update({
      started_at: knex.raw(`now() - ?::int * interval '1 day'`, days),
    });
  await knex.raw(
    `insert into campaign_days (campaign_id, day, pairs, pairs_done)
     select ?, ${DAY}, count(*), count(*) * (?::int - ago) / ?::int
     from components cross join generate_series(1, ?::int) as ago group by ago`,
    [id, days, days, days - 1],
  );
}
