import {
  ComponentPage,
  ComponentSummary,
  Outcome,
  Reached,
  Track,
  TRACKS,
} from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';
import { onlyVisible, Visible } from '../visible';

/** Which components are listed, and in what order. */
export interface ListQuery {
  limit: number;
  offset: number;
  /** In title or name. */
  search?: string;
  /** Empty for those without. */
  owner?: string;
  system?: string;
  madeFrom?: 'template' | 'nothing';
  track?: Track;
  /** Of the track. */
  level?: Reached;
  rule?: string;
  /** Of the rule. */
  outcome: Outcome;
  /** Of the track where one is named. */
  sort: 'score' | 'title' | 'failed';
  order: 'asc' | 'desc';
}

interface Row {
  id: number;
  entity_ref: string;
  title: string;
  owner: string | null;
  system: string | null;
  template: string | null;
  score: number | null;
  score_before: number | null;
  failed: number;
  unknown: number;
  exempt: number;
}

/** Read model of the components in a list; those without a verdict are not in it. */
export class ComponentList {
  constructor(private readonly knex: Knex) {}

  async page(query: ListQuery, visible: Visible): Promise<ComponentPage> {
    const { knex } = this;
    const [rows, [{ total }]] = await Promise.all([
      this.chosen(query, visible)
        .orderBy([
          this.order(query),
          { column: 'components.title' },
          { column: 'components.entity_ref' },
        ])
        .limit(query.limit)
        .offset(query.offset)
        .select(
          'components.id',
          'components.entity_ref',
          'components.title',
          'components.owner',
          'components.system',
          'components.template',
          'totals.score',
          'totals.failed',
          'totals.unknown',
          'totals.exempt',
          knex.raw(`(
            select score from score_days
            where component_id = components.id
              and day <= (now() at time zone 'utc')::date - 7
            order by day desc limit 1
          ) as score_before`),
        ) as Promise<Row[]>,
      this.chosen(query, visible).select(
        knex.raw('count(*)::int as total'),
      ) as Promise<{ total: number }[]>,
    ]);
    const tracks = await this.tracks(rows.map(({ id }) => id));
    return {
      items: rows.map(row => toSummary(row, tracks.get(row.id) ?? [])),
      total,
    };
  }

  private chosen(query: ListQuery, visible: Visible): Knex.QueryBuilder {
    const { knex } = this;
    const { search, owner, system, madeFrom, track, level, rule } = query;
    const chosen = knex('components')
      .join('scores as totals', join =>
        join
          .on('totals.component_id', 'components.id')
          .andOnVal('totals.track', 'total'),
      )
      .whereNull('removed_at');
    if (track) {
      chosen.join('scores as sorted', join =>
        join
          .on('sorted.component_id', 'components.id')
          .andOnVal('sorted.track', track),
      );
      if (level) chosen.where('sorted.level', level);
    }
    if (search) {
      const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
      chosen.where(either =>
        either
          .whereILike('components.title', pattern)
          .orWhereILike('components.entity_ref', pattern),
      );
    }
    if (owner !== undefined) chosen.where('owner', owner === '' ? null : owner);
    if (system !== undefined) {
      chosen.where('system', system === '' ? null : system);
    }
    if (madeFrom === 'template') chosen.whereNotNull('template');
    if (madeFrom === 'nothing') chosen.whereNull('template');
    if (rule) {
      chosen.whereExists(
        knex('verdicts')
          .whereRaw('verdicts.component_id = components.id')
          .where({ rule, outcome: query.outcome }),
      );
    }
    return onlyVisible(chosen, visible);
  }

  private order({ sort, order, track }: ListQuery) {
    const column =
      sort === 'title'
        ? 'components.title'
        : `${track ? 'sorted' : 'totals'}.${sort}`;
    return { column, order, nulls: 'last' as const };
  }

  private async tracks(
    ids: number[],
  ): Promise<Map<number, ComponentSummary['tracks']>> {
    const rows: {
      component_id: number;
      track: Track;
      score: number | null;
      level: Reached;
    }[] = await this.knex('scores')
      .whereIn('component_id', ids)
      .whereNot({ track: 'total' });
    const found = new Map<number, ComponentSummary['tracks']>(
      ids.map(id => [id, []]),
    );
    rows
      .sort((a, b) => TRACKS.indexOf(a.track) - TRACKS.indexOf(b.track))
      .forEach(({ component_id: id, track, score, level }) =>
        found.get(id)!.push({ track, level, ...(score !== null && { score }) }),
      );
    return found;
  }
}

function toSummary(
  row: Row,
  tracks: ComponentSummary['tracks'],
): ComponentSummary {
  return {
    entityRef: row.entity_ref,
    title: row.title,
    ...(row.owner && { owner: row.owner }),
    ...(row.system && { system: row.system }),
    ...(row.template && { template: row.template }),
    ...(row.score !== null && { score: row.score }),
    ...(row.score_before !== null && { scoreBefore: row.score_before }),
    failed: row.failed,
    unknown: row.unknown,
    exempt: row.exempt,
    tracks,
  };
}
