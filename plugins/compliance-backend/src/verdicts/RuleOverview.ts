import {
  Outcome,
  OUTCOMES,
  RulePage,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';
import { onlyVisible, Visible } from '../visible';

/** How many components have each outcome. */
export type OutcomeCounts = Record<Outcome, number>;

/** Which components of a rule are listed. */
export interface RuleQuery {
  outcome?: Outcome;
  owner?: string;
  limit: number;
  offset: number;
}

interface Row {
  entity_ref: string;
  title: string;
  owner: string | null;
  outcome: Outcome;
  findings: Verdict['findings'];
  reason: string | null;
  exempt_until: string | null;
  since: Date;
}

interface OutcomeRow {
  rule: string;
  outcome: Outcome;
  components: number;
}

/** Read model of the rules: who keeps to them and who does not. */
export class RuleOverview {
  constructor(private readonly knex: Knex) {}

  /** By rule; a rule that nothing was asked yet is not in it. */
  async outcomes(
    visible: Visible,
    rule?: string,
  ): Promise<Map<string, OutcomeCounts>> {
    const rows =
      visible === 'all' && !rule
        ? await this.allOutcomes()
        : await this.someOutcomes(visible, rule);
    const counts = new Map<string, OutcomeCounts>();
    for (const row of rows) {
      const own = counts.get(row.rule) ?? noOutcomes();
      own[row.outcome] = row.components;
      counts.set(row.rule, own);
    }
    return counts;
  }

  /** What the rule says of components, those it has failed longest first. */
  async components(
    rule: string,
    query: RuleQuery,
    visible: Visible,
  ): Promise<Pick<RulePage, 'items' | 'total'>> {
    const chosen = () => {
      const found = this.verdicts(visible).where({ rule });
      if (query.outcome) found.where({ outcome: query.outcome });
      if (query.owner !== undefined) {
        found.where('owner', query.owner === '' ? null : query.owner);
      }
      return found;
    };
    const [rows, [{ total }]] = await Promise.all([
      chosen()
        .orderBy(['since', 'title', 'entity_ref'])
        .limit(query.limit)
        .offset(query.offset)
        .select(
          'entity_ref',
          'title',
          'owner',
          'outcome',
          'findings',
          'reason',
          'exempt_until',
          'since',
        ) as Promise<Row[]>,
      chosen().select(this.knex.raw('count(*)::int as total')) as Promise<
        { total: number }[]
      >,
    ]);
    return { items: rows.map(toItem), total };
  }

  private async someOutcomes(
    visible: Visible,
    rule?: string,
  ): Promise<OutcomeRow[]> {
    const query = this.verdicts(visible)
      .groupBy('rule', 'outcome')
      .select('rule', 'outcome', this.knex.raw('count(*)::int as components'));
    if (rule) query.where({ rule });
    return query;
  }

  /** The index alone counts all; what has left the catalog is taken away again. */
  private async allOutcomes(): Promise<OutcomeRow[]> {
    const { rows } = await this.knex.raw(
      `select rule, outcome, sum(counted)::int as components from (
         select rule, outcome, count(*) as counted from verdicts group by 1, 2
         union all
         select rule, outcome, -count(*) from verdicts
         join components on components.id = component_id
         where removed_at is not null group by 1, 2
       ) as counts group by 1, 2 having sum(counted) > 0`,
    );
    return rows;
  }

  private verdicts(visible: Visible): Knex.QueryBuilder {
    const query = this.knex('verdicts')
      .join('components', 'components.id', 'component_id')
      .whereNull('removed_at');
    return onlyVisible(query, visible);
  }
}

/** Each outcome, none of them said of any component. */
export function noOutcomes(): OutcomeCounts {
  return Object.fromEntries(
    OUTCOMES.map(outcome => [outcome, 0]),
  ) as OutcomeCounts;
}

function toItem(row: Row): RulePage['items'][number] {
  return {
    entityRef: row.entity_ref,
    title: row.title,
    ...(row.owner && { owner: row.owner }),
    outcome: row.outcome,
    findings: row.findings,
    ...(row.reason && { reason: row.reason }),
    ...(row.exempt_until && { exemptUntil: row.exempt_until }),
    since: row.since.toISOString(),
  };
}
