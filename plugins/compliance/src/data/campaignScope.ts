import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import {
  Campaign,
  CampaignScope,
} from '@waymark/backstage-plugin-compliance-common';
import { JudgedRule } from './verdicts';

const firstOf = (entity: Entity, type: string, kind?: string) =>
  (entity.relations ?? [])
    .filter(one => one.type === type)
    .map(({ targetRef }) => targetRef)
    .filter(ref => !kind || parseEntityRef(ref).kind === kind)
    .sort()[0] as string | undefined;

const fits = (wanted: readonly string[], value: unknown) =>
  wanted.length === 0 || (typeof value === 'string' && wanted.includes(value));

/** Whether a campaign of the scope is about the component. */
export const isInScope = (scope: CampaignScope, entity: Entity): boolean =>
  fits(scope.owners, firstOf(entity, RELATION_OWNED_BY)) &&
  fits(scope.systems, firstOf(entity, RELATION_PART_OF, 'system')) &&
  fits(scope.lifecycles, entity.spec?.lifecycle);

/** What a campaign still asks of a component. */
export type Asked = { campaign: Campaign; open: JudgedRule[] };

/** The campaigns that ask something of the component which is not done yet. */
export const askedOf = (
  campaigns: readonly Campaign[],
  entity: Entity,
  judged: readonly JudgedRule[],
): Asked[] =>
  campaigns
    .filter(({ scope }) => isInScope(scope, entity))
    .map(campaign => ({
      campaign,
      open: judged.filter(
        ({ rule, verdict }) =>
          campaign.rules.includes(rule.id) &&
          ['fail', 'unknown'].includes(verdict.outcome),
      ),
    }))
    .filter(({ open }) => open.length > 0);
