import { createHash } from 'node:crypto';
import {
  promotedRules,
  RuleIndex,
  RuleInForce,
} from '@waymark/backstage-plugin-compliance-common';
import { CampaignStore } from './CampaignStore';

/** The rules at a moment. */
export interface RulesNow {
  /** Of the rules together with those of them that were promoted. */
  revision: string;
  rules: readonly RuleInForce[];
}

/** The rules of this process, and which of those on trial count by now. */
export class RulesInForce {
  constructor(
    readonly index: RuleIndex,
    private readonly campaigns: Pick<CampaignStore, 'promoted'>,
  ) {}

  /** As all replicas see it: asked of the database each time. */
  async now(): Promise<RulesNow> {
    const { revision, rules } = this.index;
    const now = promotedRules(rules, await this.campaigns.promoted());
    const promoted = now.filter(({ promotedAt }) => promotedAt);
    return {
      rules: now,
      revision:
        promoted.length === 0
          ? revision
          : createHash('sha256')
              .update([revision, ...promoted.map(({ id }) => id)].join('\n'))
              .digest('hex'),
    };
  }
}
