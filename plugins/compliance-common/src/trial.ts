import { PromotedRules } from './campaigns';
import { Rule } from './rules';

/** A rule, and since when it counts where it was on trial. */
export type RuleInForce = Rule & { promotedAt?: string };

/** Whether no score and no level counts it. */
export function isOnTrial(
  rule: Pick<RuleInForce, 'trial' | 'promotedAt'>,
): boolean {
  return rule.trial === true && !rule.promotedAt;
}

/** The rules that count. */
export function standingRules<T extends RuleInForce>(rules: readonly T[]): T[] {
  return rules.filter(rule => !isOnTrial(rule));
}

/** Says of each rule on trial since when it counts, where it does. */
export function promotedRules(
  rules: readonly Rule[],
  promoted: PromotedRules,
): RuleInForce[] {
  const since = new Map(promoted.map(one => [one.rule, one.since]));
  return rules.map(rule =>
    rule.trial && since.has(rule.id)
      ? { ...rule, promotedAt: since.get(rule.id)! }
      : rule,
  );
}
