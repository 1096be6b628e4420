import {
  Score,
  Summary,
  Track,
  TRACKS,
} from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';
import { onlyVisible, Visible } from '../visible';
import { percent } from './DatabaseHistoryStore';

/** What components are put together by. */
export type GroupBy = 'owner' | 'system';

/** A group without its title. */
export type SummaryGroup = Omit<Summary['groups'][number], 'title'>;

interface Sums {
  ref: string;
  track: Track | 'total';
  components: number;
  passed_weight: number;
  counted_weight: number;
  passed: number;
  failed: number;
  unknown: number;
  exempt: number;
  not_applicable: number;
}
type Before = Pick<Sums, 'ref' | 'passed_weight' | 'counted_weight'>;

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
    const [sums, before] = await Promise.all([
      this.sums(by, visible),
      this.before(by, visible),
    ]);
    const byRef = new Map<string, Sums[]>();
    for (const row of sums) {
      byRef.set(row.ref, [...(byRef.get(row.ref) ?? []), row]);
    }
    const past = new Map(before.map(row => [row.ref, percent(row)]));
    const all = add(sums.filter(({ track }) => track === 'total'));
    const totalBefore = percent(add(before));
    return {
      total: toScore(all),
      ...(totalBefore !== undefined && { totalBefore }),
      components: all.components,
      groups: [...byRef].map(([ref, rows]) =>
        toGroup(ref, rows, past.get(ref)),
      ),
    };
  }

  private async sums(by: GroupBy, visible: Visible): Promise<Sums[]> {
    const query = this.knex('scores')
      .join('components', 'components.id', 'component_id')
      .whereNull('removed_at')
      .groupBy('ref', 'track')
      .orderBy('ref')
      .select(
        this.knex.raw(
          `coalesce(??, '') as ref, track, count(*)::int as components, ${SUMMED.map(
            name => `sum(${name})::int as ${name}`,
          ).join(', ')}`,
          [`components.${by}`],
        ),
      );
    return onlyVisible(query, visible);
  }

  private async before(by: GroupBy, visible: Visible): Promise<Before[]> {
    if (visible === 'all') {
      return this.knex('group_days')
        .where({ kind: by })
        .whereRaw(`day = ${WEEK_AGO}`)
        .select('ref', 'passed_weight', 'counted_weight');
    }
    const query = this.knex('score_days')
      .join('components', 'components.id', 'component_id')
      .whereRaw(`day = ${WEEK_AGO}`)
      .whereNull('removed_at')
      .groupBy('ref')
      .select(
        this.knex.raw(
          `coalesce(??, '') as ref, sum(passed_weight)::int as passed_weight,
           sum(counted_weight)::int as counted_weight`,
          [`components.${by}`],
        ),
      );
    return onlyVisible(query, visible);
  }
}

function toGroup(
  ref: string,
  rows: readonly Sums[],
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

/** Of each number the sum of all rows. */
function add(rows: readonly (Sums | Before)[]): Omit<Sums, 'ref' | 'track'> {
  const sum = (name: keyof Sums) =>
    rows.reduce((total, row) => total + ((row as Sums)[name] as number), 0);
  return {
    components: sum('components'),
    passed_weight: sum('passed_weight'),
    counted_weight: sum('counted_weight'),
    passed: sum('passed'),
    failed: sum('failed'),
    unknown: sum('unknown'),
    exempt: sum('exempt'),
    not_applicable: sum('not_applicable'),
  };
}

function toScore(sums: Omit<Sums, 'ref' | 'track'>): Score {
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
