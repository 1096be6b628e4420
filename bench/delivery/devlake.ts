import { readFileSync } from 'node:fs';
import { Knex } from 'knex';
import { z } from 'zod';
import { runStep } from '../lib/step';
import { connect, timed } from './database';

const DAYS = 180;
const DAY = 86_400_000;
const PATIENCE = '30s';
/** Not those that came in while pages were asked for. */
const FILLED = `unit like '%/bench/c%' and id not like 'live-%'`;
/** Panels of one value or of one for each month. */
const KINDS = ['stat', 'barchart'];

const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      type: z.string(),
      title: z.string().optional(),
      targets: z.array(z.object({ rawSql: z.string().optional() })).optional(),
    }),
  ),
});

/**
 * Asks the panels of DevLake's dashboard, as its file has them, of the same facts in
 * tables with the columns that they read. Narrower than DevLake's own, and with the
 * indexes that it recommends, they favour it.
 */
runStep(async () => {
  const knex = connect();
  const loading = await timed(() => load(knex));
  const file = readFileSync(process.env.BENCH_DEVLAKE!, 'utf8');
  const { panels } = dashboardSchema.parse(JSON.parse(file));
  const asked = [];
  for (const { type, title = '', targets = [] } of panels) {
    const sql = targets[0]?.rawSql;
    if (!sql || !KINDS.includes(type)) continue;
    const name = `${filled(title)}${type === 'stat' ? '' : ', by month'}`;
    asked.push({ name, ...(await ask(knex, filled(sql))) });
  }
  await knex.destroy();
  return { loading, panels: asked };
});

async function ask(knex: Knex, sql: string) {
  let rows: object[] = [];
  let ended = true;
  const seconds = await timed(() =>
    knex
      .transaction(async trx => {
        await trx.raw('set local search_path = devlake');
        await trx.raw(`set local statement_timeout = '${PATIENCE}'`);
        try {
          // As it is: a question mark in it is no value to be filled in.
          ({ rows } = await trx.raw(sql.replaceAll('?', '\\?')));
        } catch (error) {
          if ((error as { code?: string }).code !== '57014') throw error;
          ended = false;
          throw new Ended();
        }
      })
      .catch(error => {
        if (!(error instanceof Ended)) throw error;
      }),
  );
  return { seconds, ended, rows: rows.slice(0, 12) };
}

/** It was given up, and so is its transaction. */
class Ended extends Error {}

/** Puts in what Grafana puts in for its macros and variables; all projects. */
function filled(text: string): string {
  const end = Date.parse(new Date(Date.now() + DAY).toISOString().slice(0, 10));
  const edge = (at: number) => `'${new Date(at).toISOString()}'`;
  const [from, to] = [edge(end - DAYS * DAY), edge(end)];
  return text
    .replace(/\$__timeFilter\(([^)]*)\)/g, `$1 between ${from} and ${to}`)
    .replaceAll('$__timeFrom()', from)
    .replaceAll('$__timeTo()', to)
    .replaceAll('${project:csv}', '')
    .replaceAll('${project:singlequote}', "''")
    .replace(/\$\{?dora_report\}?/g, '2023')
    .replaceAll('${title_value}', 'Failed Deployment Recovery Time');
}

/** Facts that were filled in; what came while pages were asked for is left out. */
async function load(knex: Knex): Promise<void> {
  const statements = [
    'drop schema if exists devlake cascade',
    'create schema devlake',
    'create table devlake.projects as select entity_ref as name from components',
    `create table devlake.project_mapping as
       select entity_ref as project_name, kind as "table", unit as row_id
       from components cross join unnest(array['cicd_scopes', 'repos']) as kind`,
    `create table devlake.cicd_deployment_commits as
       select id, id as cicd_deployment_id, unit as cicd_scope_id,
         upper(environment) as environment, started_at as started_date,
         finished_at as finished_date,
         case result when 'success' then 'SUCCESS' else 'FAILURE' end as result
       from deployments where ${FILLED}`,
    `create table devlake.pull_requests as
       select id, unit as base_repo_id, merged_at as merged_date
       from changes where ${FILLED}`,
    `create table devlake.project_pr_metrics as
       select id, entity_ref as project_name, deployment_id as deployment_commit_id,
         floor(extract(epoch from deployed_at - first_commit_at) / 60)::bigint
           as pr_cycle_time
       from changes where ${FILLED}`,
    `create table devlake.incidents as
       select id, unit as scope_id, 'cicd_scopes' as "table",
         started_at as created_date, resolved_at as resolution_date,
         floor(extract(epoch from resolved_at - started_at) / 60)::bigint
           as lead_time_minutes
       from incidents`,
    `create table devlake.project_incident_deployment_relationships as
       select id, entity_ref as project_name, deployment_id
       from incidents where deployment_id is not null`,
    `create table devlake.calendar_months as
       select to_char(at, 'YY/MM') as month, at as month_timestamp
       from generate_series(timestamp '2020-01-01', timestamp '2030-01-01',
         interval '1 month') as at`,
    // From here on they only take room.
    'truncate changes, deployments, incidents',
  ];
  const indexes = [
    'set local search_path = devlake',
    'alter table cicd_deployment_commits add primary key (id)',
    'alter table pull_requests add primary key (id)',
    'alter table project_pr_metrics add primary key (id, project_name)',
    'alter table incidents add primary key (id)',
    'alter table project_mapping add primary key (project_name, "table", row_id)',
    'create index on project_mapping (row_id, "table", project_name)',
    `create index on cicd_deployment_commits
       (cicd_scope_id, result, environment, finished_date)`,
    'create index on pull_requests (base_repo_id, merged_date)',
    'create index on incidents (scope_id, resolution_date)',
    'create index on project_incident_deployment_relationships (deployment_id, id)',
  ];
  // Gigabytes that nobody asks any more.
  await knex.raw('truncate change_rows, rollout_rows, row_months');
  for (const all of [statements, indexes]) {
    await knex.transaction(async trx => {
      for (const statement of all) await trx.raw(statement);
    });
  }
  await knex.raw('analyze');
}
