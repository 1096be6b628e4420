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

/** {@link HistoryStore} in PostgreSQL. */
export class DatabaseHistoryStore implements HistoryStore {
  constructor(private readonly knex: Knex) {}

  async record(): Promise<void> {
    await this.knex.transaction(async trx => {
      // One replica after the other: both delete the day before they add it.
      await trx.raw('lock table group_days in share row exclusive mode');
      await trx.raw(
        `insert into score_days
           (component_id, day, score, passed_weight, counted_weight, failed)
         select component_id, ${TODAY}, score, passed_weight, counted_weight, failed
         from scores join components on components.id = component_id
         where track = 'total' and removed_at is null
         on conflict (component_id, day) do update set
           score = excluded.score, passed_weight = excluded.passed_weight,
           counted_weight = excluded.counted_weight, failed = excluded.failed
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
      scope.kind === 'component' || visible !== 'all'
        ? this.pastOfComponents(scope, days, visible)
        : this.pastOfGroup(scope, days),
      this.today(scope, visible),
    ]);
    return [...past, ...today]
      .filter(({ components }) => components > 0)
      .map(toPoint);
  }

  async prune(): Promise<void> {
    for (const table of ['score_days', 'group_days']) {
      await this.knex(table)
        .whereRaw(`day < ${TODAY} - interval '2 years'`)
        .delete();
    }
    await this.knex('changes')
      .whereRaw(`at < now() - interval '90 days'`)
      .delete();
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
    return this.chosen(this.knex('score_days'), scope, visible)
      .whereRaw(`day < ${TODAY} and day > ${TODAY} - ?::int`, [days])
      .groupBy('day')
      .orderBy('day')
      .select(this.knex.raw(`day::text, ${SUMS}`));
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
