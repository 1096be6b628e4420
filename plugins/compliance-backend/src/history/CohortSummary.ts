import { ComplianceCohorts } from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';
import { onlyVisible, Visible } from '../visible';
import { percent } from './DatabaseHistoryStore';

interface Row {
  bespoke: boolean;
  components: number;
  scored: number;
  passed_weight: number;
  counted_weight: number;
  spread: number[] | null;
}

/** Read model: scores of what golden paths made beside those of what they did not. */
export class CohortSummary {
  constructor(private readonly knex: Knex) {}

  async read(visible: Visible): Promise<ComplianceCohorts> {
    const query = this.knex('components')
      .leftJoin('scores', join =>
        join
          .on('component_id', 'components.id')
          .andOnVal('scores.track', 'total'),
      )
      .whereNull('removed_at')
      .groupBy('bespoke')
      .orderBy('bespoke', 'desc')
      .select(
        this.knex.raw(
          `(template is null) as bespoke, count(*)::int as components,
           count(score)::int as scored,
           coalesce(sum(passed_weight), 0)::int as passed_weight,
           coalesce(sum(counted_weight), 0)::int as counted_weight,
           percentile_cont(array[0.25, 0.5, 0.75])
             within group (order by score) as spread`,
        ),
      );
    const rows: Row[] = await onlyVisible(query, visible);
    return {
      cohorts: rows.map(row => {
        const [p25, p50, p75] = row.spread ?? [];
        return {
          name: row.bespoke ? 'bespoke' : 'golden-path',
          components: row.components,
          scored: row.scored,
          score: percent(row) ?? null,
          spread: row.scored > 0 ? { p25, p50, p75 } : null,
        };
      }),
    };
  }
}
