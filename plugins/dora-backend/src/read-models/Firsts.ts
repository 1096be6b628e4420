import {
  EARLIEST,
  FirstsAnswer,
  FirstsRequest,
  median,
  NewcomersAnswer,
  NewcomersQuery,
  SETTLED,
} from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { Refs } from './refs';

/** So much history has to lie before somebody's first, for it to be the first. */
const KNOWN_BEFORE_MS = 90 * 86_400_000;

interface FirstRow {
  entity_ref: string;
  commit_at: Date | null;
  deployed_at: Date | null;
}
interface Person {
  author: string;
  first_at: Date;
}

/** Firsts: of components what was merged and deployed, of people what they merged. */
export class Firsts {
  constructor(private readonly knex: Knex) {}

  /** What came of components after they were made. */
  async ofComponents(
    { items }: FirstsRequest,
    visible: Refs,
  ): Promise<FirstsAnswer> {
    const sees = visible === 'all' ? undefined : new Set(visible);
    const asked = items.filter(({ entityRef }) => sees?.has(entityRef) ?? true);
    const { rows } = await this.knex.raw<{ rows: FirstRow[] }>(
      `select asked.entity_ref, commit_at, finished_at as deployed_at
       from unnest(?::text[], ?::timestamptz[], ?::timestamptz[])
         as asked (entity_ref, since, after)
       left join lateral (
         select case when first_commit_at > asked.after
           then first_commit_at else merged_at end as commit_at
         from changes
         where changes.entity_ref = asked.entity_ref
           and merged_at > asked.after and merged_at <= now() and not bot
         order by merged_at limit 1
       ) as merged on true
       left join lateral (
         select finished_at from deployments
         where deployments.entity_ref = asked.entity_ref
           and started_at >= asked.since and finished_at <= now()
           and production and result = 'success'
         order by started_at limit 1
       ) as deployed on true`,
      [
        asked.map(({ entityRef }) => entityRef),
        asked.map(({ since }) => since),
        asked.map(({ after }) => after),
      ],
    );
    return {
      items: rows.map(row => ({
        entityRef: row.entity_ref,
        ...(row.commit_at && { firstCommitAt: row.commit_at.toISOString() }),
        ...(row.deployed_at && {
          firstDeploymentAt: row.deployed_at.toISOString(),
        }),
      })),
    };
  }

  /** People whose first merged pull request lies in the window. */
  async ofPeople(
    { from, to }: NewcomersQuery,
    visible: Refs,
  ): Promise<NewcomersAnswer> {
    const people = await this.people(visible);
    const known = Math.min(...people.map(one => one.first_at.getTime()));
    const fresh = people.filter(({ first_at: at }) => {
      const first = at.getTime();
      return first >= from && first < to;
    });
    const newcomers = fresh.filter(
      ({ first_at: at }) => at.getTime() >= known + KNOWN_BEFORE_MS,
    );
    const settled = await this.settledAt(newcomers, visible);
    const seconds = newcomers.flatMap(({ author, first_at: first }) => {
      const at = settled.get(author);
      return at ? (at.getTime() - first.getTime()) / 1000 : [];
    });
    return {
      newcomers: newcomers.length,
      settled: seconds.length,
      p50: median(seconds) ?? null,
      unknown: fresh.length - newcomers.length,
    };
  }

  /** Each with their first: one look into the index for each of them. */
  private async people(visible: Refs): Promise<Person[]> {
    const next = `select author, merged_at from changes
      where ${pulls(visible)}
      order by author, merged_at limit 1`;
    const behind = next.replace('where ', 'where author > people.author and ');
    const refs = visible === 'all' ? {} : { refs: [...visible] };
    const { rows } = await this.knex.raw<{ rows: Person[] }>(
      `with recursive people as (
         (${next})
         union all
         select following.* from people, lateral (${behind}) as following
       )
       select author, merged_at as first_at from people`,
      { earliest: new Date(EARLIEST), ...refs },
    );
    return rows;
  }

  private async settledAt(
    people: readonly Person[],
    visible: Refs,
  ): Promise<Map<string, Date>> {
    const refs = visible === 'all' ? {} : { refs: [...visible] };
    // A pull request is one change for each component that it touches.
    const { rows } = await this.knex.raw<{
      rows: { author: string; at: Date }[];
    }>(
      `select people.author, tenth.merged_at as at
       from unnest(cast(:authors as text[])) as people (author), lateral (
         select merged_at from (
           select min(merged_at) as merged_at from changes
           where author = people.author and ${pulls(visible)}
           group by repository, number
         ) as own
         order by merged_at offset :before limit 1
       ) as tenth`,
      {
        authors: people.map(({ author }) => author),
        before: SETTLED - 1,
        earliest: new Date(EARLIEST),
        ...refs,
      },
    );
    return new Map(rows.map(({ author, at }) => [author, at]));
  }
}

function pulls(visible: Refs): string {
  return `number is not null and not bot
    and merged_at >= :earliest and merged_at <= now()
    ${visible === 'all' ? '' : 'and entity_ref = any(cast(:refs as text[]))'}`;
}
