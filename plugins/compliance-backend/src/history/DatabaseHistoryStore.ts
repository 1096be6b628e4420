import { History } from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';
import { onlyVisible, Visible } from '../visible';
import { HistoryStore, Scope } from './HistoryStore';

interface PointRow {
  day: string;
  components: number;
  passed_weight: number;
  counted_weight: number;
  failed: number;
}

const TODAY = `(now() at time zone 'utc')::date`;
const SUMS = [
  'count(*)::int as components',
  'sum(passed_weight)::int as passed_weight',
  'sum(counted_weight)::int as counted_weight',
  'sum(failed)::int as failed',
].join(', ');

/** What a row of a day adds to the day before. */
const STEPS = [
  'step_components',
  'step_passed_weight',
  'step_counted_weight',
  'step_failed',
];

/** {@link HistoryStore} in PostgreSQL. */
export class DatabaseHistoryStore implements HistoryStore {
  constructor(private readonly knex: Knex) {}

  async record(): Promise<void> {
    await this.knex.transaction(async trx => {
      // One replica after the other: both delete the day before they add it.
      await trx.raw('lock table group_days in share row exclusive mode');
      await trx.raw(
        `insert into score_days
           (component_id, day, score, passed_weight, counted_weight, failed,
            step, ${STEPS.join(', ')})
         select now.component_id, ${TODAY}, now.score, now.passed_weight,
           now.counted_weight, now.failed,
           (now.passed_weight, now.counted_weight, now.failed) is distinct from
             (before.passed_weight, before.counted_weight, before.failed),
           case when before.passed_weight is null then 1 else 0 end,
           now.passed_weight - coalesce(before.passed_weight, 0),
           now.counted_weight - coalesce(before.counted_weight, 0),
           now.failed - coalesce(before.failed, 0)
         from scores as now join components on components.id = now.component_id
         left join lateral (
           select passed_weight, counted_weight, failed from score_days
           where component_id = now.component_id and day < ${TODAY}
           order by day desc limit 1
         ) as before on true
         where now.track = 'total' and removed_at is null
         on conflict (component_id, day) do update set
           score = excluded.score, passed_weight = excluded.passed_weight,
           counted_weight = excluded.counted_weight, failed = excluded.failed,
           step = excluded.step,
           ${STEPS.map(name => `${name} = excluded.${name}`).join(', ')}
         where (score_days.passed_weight, score_days.counted_weight, score_days.failed)
           is distinct from
           (excluded.passed_weight, excluded.counted_weight, excluded.failed)`,
      );
      await trx.raw(`delete from group_days where day = ${TODAY}`);
      await trx.raw(
        `insert into group_days
           (kind, ref, day, components, passed_weight, counted_weight, failed)
         select case when grouping(owner) = 0 then 'owner'
             when grouping(system) = 0 then 'system' else 'all' end,
           coalesce(case when grouping(owner) = 0 then owner
             when grouping(system) = 0 then system end, ''),
           ${TODAY}, ${SUMS}
         from scores join components on components.id = component_id
         where track = 'total' and removed_at is null
         group by grouping sets ((owner), (system), ())
         having count(*) > 0`,
      );
    });
  }

  async points(
    scope: Scope,
    days: number,
    visible: Visible,
  ): Promise<History['points']> {
    const [past, today] = await Promise.all([
      this.past(scope, days, visible),
      this.today(scope, visible),
    ]);
    return [...past, ...today]
      .filter(({ components }) => components > 0)
      .map(toPoint);
  }

  async prune(): Promise<void> {
    const old = `day < ${TODAY} - interval '2 years'`;
    await this.knex.transaction(async trx => {
      await trx('group_days').whereRaw(old).delete();
      if ((await trx('score_days').whereRaw(old).delete()) === 0) return;
      // The first day that is left has nothing to be compared with.
      await trx.raw(
        `update score_days set step = true, step_components = 1,
           step_passed_weight = passed_weight,
           step_counted_weight = counted_weight, step_failed = failed
         from (
           select component_id, min(day) as day from score_days group by component_id
         ) as first
         where first.component_id = score_days.component_id
           and first.day = score_days.day and step_components = 0`,
      );
    });
    await this.knex('changes')
      .whereRaw(`at < now() - interval '90 days'`)
      .delete();
  }

  private past(
    scope: Scope,
    days: number,
    visible: Visible,
  ): Promise<PointRow[]> {
    if (scope.kind === 'component') return this.pastOfComponent(scope, days);
    return visible === 'all'
      ? this.pastOfGroup(scope, days)
      : this.pastOfComponents(scope, days, visible);
  }

  private pastOfComponent(scope: Scope, days: number): Promise<PointRow[]> {
    return this.chosen(this.knex('score_days'), scope, 'all')
      .whereRaw(`day < ${TODAY} and day > ${TODAY} - ?::int`, [days])
      .groupBy('day')
      .orderBy('day')
      .select(this.knex.raw(`day::text, ${SUMS}`));
  }

  private pastOfGroup(
    scope: Exclude<Scope, { kind: 'component' }>,
    days: number,
  ): Promise<PointRow[]> {
    return this.knex('group_days')
      .where({ kind: scope.kind, ref: 'ref' in scope ? scope.ref : '' })
      .whereRaw(`day < ${TODAY} and day > ${TODAY} - ?::int`, [days])
      .orderBy('day')
      .select(
        this.knex.raw('day::text'),
        'components',
        'passed_weight',
        'counted_weight',
        'failed',
      );
  }

  private pastOfComponents(
    scope: Scope,
    days: number,
    visible: Visible,
  ): Promise<PointRow[]> {
    const { knex } = this;
    const steps = this.chosen(knex('score_days'), scope, visible)
      .where('step', true)
      .whereRaw(`day < ${TODAY}`)
      .groupBy('day')
      .select(
        'day',
        ...STEPS.map(name => knex.raw('sum(??) as ??', [name, name])),
      );
    const recorded = knex('group_days')
      .where({ kind: 'all', ref: '' })
      .whereRaw(`day < ${TODAY}`)
      .select('day', knex.raw('true as recorded'));
    const sums = STEPS.map(
      name =>
        `(sum(${name}) over (order by day))::int as ${name.slice(
          'step_'.length,
        )}`,
    );
    const added = knex
      .with('steps', steps)
      .with('recorded', recorded)
      .from(knex.raw('recorded full join steps using (day)'))
      .select(knex.raw(`day, recorded, ${sums.join(', ')}`));
    return knex
      .from(added.as('added'))
      .where('recorded', true)
      .whereRaw(`day > ${TODAY} - ?::int`, [days])
      .orderBy('day')
      .select(
        knex.raw('day::text'),
        'components',
        'passed_weight',
        'counted_weight',
        'failed',
      );
  }

  private today(scope: Scope, visible: Visible): Promise<PointRow[]> {
    return this.chosen(this.knex('scores'), scope, visible)
      .where({ track: 'total' })
      .select(this.knex.raw(`${TODAY}::text as day, ${SUMS}`));
  }

  private chosen(query: Knex.QueryBuilder, scope: Scope, visible: Visible) {
    query
      .join('components', 'components.id', 'component_id')
      .whereNull('removed_at');
    if (scope.kind !== 'all') {
      const column = scope.kind === 'component' ? 'entity_ref' : scope.kind;
      query.where(`components.${column}`, scope.ref === '' ? null : scope.ref);
    }
    return onlyVisible(query, visible);
  }
}

function toPoint(row: PointRow): History['points'][number] {
  const { day, components, failed } = row;
  const score = percent(row);
  return { day, components, failed, ...(score !== undefined && { score }) };
}

/** Undefined where nothing counts. */
export function percent({
  passed_weight: passed,
  counted_weight: counted,
}: Pick<PointRow, 'passed_weight' | 'counted_weight'>): number | undefined {
  return counted > 0 ? Math.floor((100 * passed) / counted) : undefined;
}
