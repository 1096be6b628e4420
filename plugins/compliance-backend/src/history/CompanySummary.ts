import {
  Score,
  Summary,
  Track,
  TRACKS,
} from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';
import { snapshot } from '../database/snapshot';
import { onlyVisible, Visible } from '../visible';
import { percent } from './DatabaseHistoryStore';

/** What components are put together by. */
export type GroupBy = 'owner' | 'system';

/** A group without its title. */
export type SummaryGroup = Omit<Summary['groups'][number], 'title'>;

interface GroupRow extends TotalRow {
  ref: string;
  track: Track | 'total';
}
interface TotalRow {
  components: number;
  passed_weight: number;
  counted_weight: number;
  passed: number;
  failed: number;
  unknown: number;
  exempt: number;
  not_applicable: number;
}
type Weights = Pick<TotalRow, 'passed_weight' | 'counted_weight'>;

const sumOf = (...columns: string[]) =>
  columns.map(name => `coalesce(sum(${name}), 0)::int as ${name}`).join(', ');
const SUMMED = [
  'passed_weight',
  'counted_weight',
  'passed',
  'failed',
  'unknown',
  'exempt',
  'not_applicable',
] as const;
/** The last day of the week before that is known. */
const WEEK_AGO = `(
  select max(day) from score_days
  where day <= (now() at time zone 'utc')::date - 7
    and day > (now() at time zone 'utc')::date - 14
)`;

/** Read model of the company page: what all verdicts add up to, by group and track. */
export class CompanySummary {
  constructor(private readonly knex: Knex) {}

  async read(
    by: GroupBy,
    visible: Visible,
  ): Promise<Omit<Summary, 'groups'> & { groups: SummaryGroup[] }> {
    // The numbers of one answer add up.
    const { rows, before } = await snapshot(this.knex, async trx => ({
      rows: await groups(trx, by, visible),
      before: await weekBefore(trx, by, visible),
    }));
    const byRef = new Map<string, GroupRow[]>();
    for (const row of rows) {
      const own = byRef.get(row.ref);
      if (own) own.push(row);
      else byRef.set(row.ref, [row]);
    }
    const past = new Map(before.map(row => [row.ref, percent(row)]));
    const total = totalOf(rows);
    const totalBefore = percent(add(before));
    return {
      total: toScore(total),
      ...(totalBefore !== undefined && { totalBefore }),
      components: total.components,
      groups: [...byRef].map(([ref, own]) => toGroup(ref, own, past.get(ref))),
    };
  }
}

function groups(
  trx: Knex.Transaction,
  by: GroupBy,
  visible: Visible,
): Promise<GroupRow[]> {
  const query = scores(trx)
    .groupBy('ref', 'track')
    .orderBy('ref')
    .select(
      trx.raw(
        `coalesce(??, '') as ref, track, count(*)::int as components,
           ${sumOf(...SUMMED)}`,
        [`components.${by}`],
      ),
    );
  return onlyVisible(query, visible);
}

/** Of all groups together. */
function totalOf(rows: readonly GroupRow[]): TotalRow {
  const totals = rows.filter(({ track }) => track === 'total');
  const sum = (name: keyof TotalRow) =>
    totals.reduce((total, row) => total + row[name], 0);
  return Object.fromEntries(
    ['components' as const, ...SUMMED].map(name => [name, sum(name)]),
  ) as unknown as TotalRow;
}

function weekBefore(
  trx: Knex.Transaction,
  by: GroupBy,
  visible: Visible,
): Promise<(Weights & { ref: string })[]> {
  if (visible === 'all') {
    return trx('group_days')
      .where({ kind: by })
      .whereRaw(`day = ${WEEK_AGO}`)
      .select('ref', 'passed_weight', 'counted_weight');
  }
  const query = trx('score_days')
    .join('components', 'components.id', 'component_id')
    .whereRaw(`day = ${WEEK_AGO}`)
    .whereNull('removed_at')
    .groupBy('ref')
    .select(
      trx.raw(
        `coalesce(??, '') as ref, ${sumOf('passed_weight', 'counted_weight')}`,
        [`components.${by}`],
      ),
    );
  return onlyVisible(query, visible);
}

function scores(trx: Knex.Transaction): Knex.QueryBuilder {
  return trx('scores')
    .join('components', 'components.id', 'component_id')
    .whereNull('removed_at');
}

function toGroup(
  ref: string,
  rows: readonly GroupRow[],
  scoreBefore: number | undefined,
): SummaryGroup {
  const total = rows.find(({ track }) => track === 'total');
  const score = total && percent(total);
  return {
    ref,
    components: total?.components ?? 0,
    failed: total?.failed ?? 0,
    ...(score !== undefined && { score }),
    ...(scoreBefore !== undefined && { scoreBefore }),
    tracks: TRACKS.map(track => {
      const row = rows.find(one => one.track === track);
      const own = row && percent(row);
      return { track, ...(own !== undefined && { score: own }) };
    }),
  };
}

function add(rows: readonly Weights[]): Weights {
  const sum = (name: keyof Weights) =>
    rows.reduce((total, row) => total + row[name], 0);
  return {
    passed_weight: sum('passed_weight'),
    counted_weight: sum('counted_weight'),
  };
}

function toScore(sums: TotalRow): Score {
  const score = percent(sums);
  return {
    ...(score !== undefined && { score }),
    passedWeight: sums.passed_weight,
    countedWeight: sums.counted_weight,
    passed: sums.passed,
    failed: sums.failed,
    unknown: sums.unknown,
    exempt: sums.exempt,
    notApplicable: sums.not_applicable,
  };
}
