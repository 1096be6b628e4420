import { Knex } from 'knex';
import { Size } from './database';

const TABLES = ['deployments', 'changes', 'incidents'];

/**
 * Facts as folding would make them, by a fixed seed and up to today: each component
 * deploys all the time, about one deployment in twenty fails or is made to mend one,
 * and what a failed one was to bring comes with the next that succeeds.
 */
export async function fillFacts(knex: Knex, size: Size): Promise<void> {
  await fillComponents(knex, size);
  const indexes = await takeIndexes(knex);
  // One order and one seed: the same numbers each time.
  const seeded = (sql: string) =>
    knex.transaction(async trx => {
      await trx.raw('set local max_parallel_workers_per_gather = 0');
      await trx.raw("set local work_mem = '256MB'");
      for (const table of TABLES) {
        await trx.raw(`alter table ${table} disable trigger user`);
      }
      await trx.raw('select setseed(0.42)');
      await trx.raw(sql);
      for (const table of TABLES) {
        await trx.raw(`alter table ${table} enable trigger user`);
      }
    });
  const each = Math.round(size.deployments / size.components);
  await seeded(deployments(size, each));
  await seeded(changes(Math.round(size.changes / size.deployments)));
  await seeded(incidents(size, each));
  for (const sql of indexes) await knex.raw(sql);
  await knex.raw(
    `insert into row_work (id) select entity_ref from components
     on conflict (id) do update set wanted = row_work.wanted + 1,
       waiting = true, due_at = now()`,
  );
}

/** Components c00001 and so on, of fifty teams, half of them of a golden path. */
async function fillComponents(knex: Knex, { components }: Size): Promise<void> {
  await knex.raw(
    `insert into components (entity_ref, unit, repository, path, services)
     select 'component:default/' || name, repository, repository, '', '{}'
     from (${NAMED}) as named`,
    [components],
  );
  await knex.raw(
    `insert into component_attributes
       (entity_ref, owner, system, template, tier, language)
     select 'component:default/' || name, 'group:default/team-' || c % 50,
       'system:default/system-' || c % 100,
       case when c % 2 = 0 then 'template:default/node-api' end,
       'tier-' || c % 3, 'typescript'
     from (${NAMED}) as named`,
    [components],
  );
}

const NAMED = `select c, 'c' || lpad(c::text, 5, '0') as name,
  'git.example.com/bench/c' || lpad(c::text, 5, '0') as repository
  from generate_series(1, ?::int) as c`;

/** Built at the end, at once, they take a fraction of the time. */
async function takeIndexes(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { name: string; sql: string }[] }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as sql
     from pg_index where indrelid = any(?::regclass[]) and not indisprimary`,
    [TABLES],
  );
  for (const { name } of rows) await knex.raw(`drop index ${name}`);
  return rows.map(({ sql }) => sql);
}

const REF = `'component:default/' || name`;
/** As the portal makes them: those of a component begin alike. */
const id = (entityRef: string, key: string) =>
  `left(md5(${entityRef}), 8) || left(md5(${key}), 24)`;
const commit = (key: string) => `md5(${key}) || left(md5('x' || ${key}), 8)`;

function deployments({ components, days }: Size, each: number): string {
  return `
    insert into deployments (id, unit, entity_ref, source, external_id, environment,
      production, sha, started_at, finished_at, result, original_result, kind,
      mends_deployment_id, url)
    select ${id(REF, `'d' || c || ':' || i`)}, 'git.example.com/bench/' || name,
      'component:default/' || name, 'github', c || ':' || i, 'production', true,
      ${commit(`'s' || c || ':' || i`)}, at,
      at + (120 + floor(length * 1080)) * interval '1 second', result, result,
      case when result = 'success' and luck > 0.97 then 'hotfix'
        when result = 'success' and luck > 0.96 then 'rollback' else 'planned' end,
      case when result = 'success' and luck > 0.96 and i > 1
        then ${id(REF, `'d' || c || ':' || (i - 1)`)} end,
      'https://git.example.com/bench/' || name || '/actions/runs/' || i
    from (
      select c, i, 'c' || lpad(c::text, 5, '0') as name,
        date_trunc('milliseconds', now() - interval '1 hour'
          - (${days} * (1 - (i - random()) / ${each})) * interval '1 day') as at,
        random() as length, random() as luck,
        case when fate < 0.03 then 'failure' when fate < 0.04 then 'cancelled'
          else 'success' end as result
      from (
        select c, i, random() as fate
        from generate_series(1, ${components}) as c
          cross join generate_series(1, ${each}) as i
      ) as drawn
    ) as made`;
}

/** So many for each deployment, in the hours and days before it. */
function changes(each: number): string {
  return `
    insert into changes (id, unit, entity_ref, source, external_id, repository,
      number, url, title, author, bot, first_commit_at, ready_at, first_review_at,
      merged_at, merge_sha, paths_known, deployment_id, deployed_at)
    select ${id(
      'entity_ref',
      `'c' || external_id || ':' || n`,
    )}, unit, entity_ref, 'github',
      external_id || ':' || n, unit, (row_number() over ())::int,
      null, 'Change ' || external_id,
      case when bot then 'renovate' else 'dev-' || n end, bot,
      merged - (coding + review) * interval '1 second',
      merged - review * interval '1 second',
      merged - review / 2 * interval '1 second',
      merged, ${commit(`'m' || external_id || ':' || n`)}, true,
      case when not waits then by_id end, case when not waits then by_at end
    from (
      select unit, entity_ref, external_id, n, right(by, 32) as by_id,
        'epoch'::timestamptz + left(by, 13)::bigint * interval '1 millisecond' as by_at,
        by is null or (newest and random() < 0.5) as waits,
        random() < 0.1 as bot,
        date_trunc('milliseconds', started_at
          - random() ^ 2 * 20 * interval '1 hour') as merged,
        floor(exp(6 + 6 * random())) as coding,
        floor(exp(5 + 7 * random())) as review
      from (
        select unit, entity_ref, external_id, started_at,
          started_at > now() - interval '2 days' as newest,
          min(case when result = 'success' and kind <> 'rollback' then
            floor(extract(epoch from finished_at) * 1000)::bigint || id
          end collate "C") over (partition by entity_ref order by started_at desc) as by
        from deployments
      ) as made cross join generate_series(1, ${each}) as n
    ) as drawn`;
}

function incidents({ components, ...size }: Size, each: number): string {
  // Some are drawn for deployments that failed, and cause none.
  const own = Math.ceil((1.1 * size.incidents) / components);
  return `
    insert into incidents (id, unit, entity_ref, source, external_id, severity, title,
      url, started_at, detected_at, resolved_at, deployment_id, linked_by)
    select ${id(
      'd.entity_ref',
      `'i' || d.external_id || ':' || n`,
    )}, d.unit, d.entity_ref, 'pagerduty',
      d.external_id || ':' || n, 'high', 'Errors after ' || d.external_id, null,
      d.finished_at + begun * interval '1 second',
      d.finished_at + (begun + 60) * interval '1 second',
      case when luck < 0.98 then d.finished_at
        + (begun + floor(exp(5 + 6 * length))) * interval '1 second' end,
      case when loose < 0.95 then d.id end,
      case when loose < 0.95 then 'window' else 'none' end
    from (
      select c, n, floor(random() * ${each})::int + 1 as i,
        60 + floor(random() * 3000) as begun, random() as luck,
        random() as length, random() as loose
      from generate_series(1, ${components}) as c
        cross join generate_series(1, ${own}) as n
    ) as drawn join deployments d on d.external_id = c || ':' || i
    where d.result = 'success' limit ${size.incidents}`;
}
