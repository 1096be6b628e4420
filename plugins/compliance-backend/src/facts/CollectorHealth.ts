import {
  Health,
  Part,
  PARTS,
} from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';

/** Read model of how the collectors do. */
export class CollectorHealth {
  constructor(private readonly knex: Knex) {}

  async read(): Promise<Pick<Health, 'components' | 'waiting' | 'collectors'>> {
    const [[counts], parts, errors] = await Promise.all([
      this.knex('components')
        .whereNull('removed_at')
        .select(
          this.knex.raw(
            `count(*)::int as components,
             count(*) filter (where due_at <= now())::int as waiting`,
          ),
        ) as Promise<{ components: number; waiting: number }[]>,
      this.current()
        .groupBy('part')
        .select(
          'part',
          this.knex.raw(
            `count(*) filter (where error is null)::int as known,
             count(error)::int as failed,
             min(facts.collected_at) as oldest_at`,
          ),
        ) as Promise<
        { part: Part; known: number; failed: number; oldest_at: Date }[]
      >,
      this.current()
        .whereNotNull('error')
        .groupBy('part', 'error')
        .orderBy([{ column: 'components', order: 'desc' }, 'error'])
        .select(
          'part',
          'error',
          this.knex.raw('count(*)::int as components'),
        ) as Promise<{ part: Part; error: string; components: number }[]>,
    ]);
    return {
      ...counts,
      collectors: PARTS.map(part => {
        const row = parts.find(one => one.part === part);
        return {
          part,
          known: row?.known ?? 0,
          failed: row?.failed ?? 0,
          ...(row && { oldestAt: row.oldest_at.toISOString() }),
          errors: errors
            .filter(one => one.part === part)
            .slice(0, 10)
            .map(({ error: message, components }) => ({ message, components })),
        };
      }),
    };
  }

  private current(): Knex.QueryBuilder {
    return this.knex('facts')
      .join('components', 'components.id', 'component_id')
      .whereNull('removed_at');
  }
}
