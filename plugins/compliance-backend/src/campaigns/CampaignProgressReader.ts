import {
  CampaignComponents,
  CampaignPage,
  CampaignProgress,
} from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';
import { snapshot } from '../database/snapshot';
import { onlyVisible, Visible } from '../visible';
import { CampaignRecord } from './CampaignStore';
import { Asked, DONE, endedPairs, livePairs } from './pairs';

/** Which components of a campaign are listed. */
export interface ComponentQuery {
  /** Empty for those without. */
  owner?: string;
  /** Those with something left to do, or those without; both where it is left out. */
  open?: boolean;
  limit: number;
  offset: number;
}

/** An owner's progress without its title. */
export type OwnerProgress = CampaignProgress & { owner: string };

/** How far a campaign is, for who may see which components. */
export interface Progress {
  total: CampaignProgress;
  owners: OwnerProgress[];
  rules: CampaignPage['rules'];
  points: CampaignPage['points'];
}

interface ComponentRow {
  entity_ref: string;
  title: string;
  owner: string | null;
  failing: string[];
  unknown: string[];
  pairs: number;
  done: number;
}

const COUNTS = `count(*)::int as pairs, count(*) filter (where ${DONE})::int as done`;
const UNKNOWN = `outcome = 'unknown'`;
const TODAY = `(now() at time zone 'utc')::date`;

/** Read model of campaigns: what verdicts say, counted. */
export class CampaignProgressReader {
  constructor(private readonly knex: Knex) {}

  async total(
    campaign: CampaignRecord,
    visible: Visible,
  ): Promise<CampaignProgress> {
    return add(await ownersOf(this.knex, pairsOf(campaign), visible));
  }

  /** What a campaign would reach now. */
  async preview(
    asked: Asked,
    visible: Visible,
  ): Promise<Pick<Progress, 'total' | 'owners'>> {
    const owners = await ownersOf(
      this.knex,
      knex => livePairs(knex, asked),
      visible,
    );
    return { total: add(owners), owners };
  }

  /** The numbers of one page add up: they are read as they are at one moment. */
  page(campaign: CampaignRecord, visible: Visible): Promise<Progress> {
    const pairs = pairsOf(campaign);
    return snapshot(this.knex, async trx => {
      const owners = await ownersOf(trx, pairs, visible);
      const total = add(owners);
      return {
        total,
        owners,
        rules: await rulesOf(trx, pairs, visible, campaign.rules),
        points: await pointsOf(trx, campaign, visible, total),
      };
    });
  }

  async components(
    campaign: CampaignRecord,
    { owner, open, limit, offset }: ComponentQuery,
    visible: Visible,
  ): Promise<CampaignComponents> {
    const pairs = pairsOf(campaign);
    const chosen = (knex: Knex) => {
      const query = knex
        .from(onlyVisible(pairs(knex), visible, 'entity_ref').as('pairs'))
        .groupBy('entity_ref', 'title', 'owner');
      if (owner !== undefined) {
        query.where({ owner: owner === '' ? null : owner });
      }
      if (open !== undefined) {
        query.havingRaw(`${open ? 'not ' : ''}bool_and(${DONE})`);
      }
      return query;
    };
    return snapshot(this.knex, async trx => {
      const rows: ComponentRow[] = await chosen(trx)
        .select(
          'entity_ref',
          'title',
          'owner',
          trx.raw(
            `${COUNTS},
             coalesce(array_agg(rule order by rule) filter (where outcome = 'fail'), '{}') as failing,
             coalesce(array_agg(rule order by rule) filter (where ${UNKNOWN}), '{}') as unknown`,
          ),
        )
        .orderByRaw(
          `count(*) filter (where not ${DONE}) desc, title, entity_ref`,
        )
        .limit(limit)
        .offset(offset);
      const [{ total }]: { total: number }[] = await trx
        .from(chosen(trx).select('entity_ref').as('chosen'))
        .select(trx.raw('count(*)::int as total'));
      return { items: rows.map(toComponent), total };
    });
  }
}

type Pairs = (knex: Knex) => Knex.QueryBuilder;

function pairsOf(campaign: CampaignRecord): Pairs {
  return campaign.endedAt
    ? knex => endedPairs(knex, campaign.id)
    : knex => livePairs(knex, campaign);
}

async function ownersOf(
  knex: Knex,
  pairs: Pairs,
  visible: Visible,
): Promise<OwnerProgress[]> {
  const byComponent = knex
    .from(onlyVisible(pairs(knex), visible, 'entity_ref').as('pairs'))
    .groupBy('component_id', 'owner')
    .select(
      'owner',
      knex.raw(`${COUNTS}, count(*) filter (where ${UNKNOWN})::int as unknown`),
    );
  return knex
    .from(byComponent.as('components'))
    .groupBy('owner')
    .orderByRaw('sum(pairs - done) desc, owner nulls last')
    .select(
      knex.raw(
        `coalesce(owner, '') as owner, count(*)::int as components,
         count(*) filter (where done = pairs)::int as "componentsDone",
         sum(pairs)::int as pairs, sum(done)::int as "pairsDone",
         sum(unknown)::int as unknown`,
      ),
    );
}

async function rulesOf(
  trx: Knex.Transaction,
  pairs: Pairs,
  visible: Visible,
  rules: readonly string[],
): Promise<CampaignPage['rules']> {
  const rows: { rule: string; pairs: number; done: number }[] = await trx
    .from(onlyVisible(pairs(trx), visible, 'entity_ref').as('pairs'))
    .groupBy('rule')
    .select('rule', trx.raw(COUNTS));
  const found = new Map(rows.map(row => [row.rule, row]));
  return rules
    .map(rule => ({
      rule,
      pairs: found.get(rule)?.pairs ?? 0,
      pairsDone: found.get(rule)?.done ?? 0,
    }))
    .sort((a, b) => b.pairs - b.pairsDone - (a.pairs - a.pairsDone));
}

/** Days are kept of all components together: who may not see them all sees today. */
async function pointsOf(
  trx: Knex.Transaction,
  { id, startedAt, endedAt }: CampaignRecord,
  visible: Visible,
  { pairs, pairsDone }: CampaignProgress,
): Promise<CampaignPage['points']> {
  if (!startedAt) return [];
  const last = await lastDay(trx, endedAt);
  const past: CampaignPage['points'] =
    visible === 'all'
      ? await trx('campaign_days')
          .where({ campaign_id: id })
          .where('day', '<', last)
          .orderBy('day')
          .select(trx.raw('day::text, pairs, pairs_done as "pairsDone"'))
      : [];
  return [...past, { day: last, pairs, pairsDone }];
}

async function lastDay(trx: Knex.Transaction, endedAt?: string) {
  if (endedAt) return endedAt.slice(0, 10);
  const { rows } = await trx.raw(`select ${TODAY}::text as day`);
  return rows[0].day as string;
}

function add(owners: readonly OwnerProgress[]): CampaignProgress {
  const sum = (name: keyof CampaignProgress) =>
    owners.reduce((total, owner) => total + owner[name], 0);
  return {
    components: sum('components'),
    componentsDone: sum('componentsDone'),
    pairs: sum('pairs'),
    pairsDone: sum('pairsDone'),
    unknown: sum('unknown'),
  };
}

function toComponent(row: ComponentRow): CampaignComponents['items'][number] {
  return {
    entityRef: row.entity_ref,
    title: row.title,
    ...(row.owner && { owner: row.owner }),
    failing: row.failing,
    unknown: row.unknown,
    pairs: row.pairs,
    pairsDone: row.done,
  };
}
