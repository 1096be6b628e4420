import {
  LEVELS,
  RulesAnswer,
  SEVERITIES,
} from '@waymark/backstage-plugin-compliance-common';

/** A rule, and how many components have each outcome. */
export type CountedRule = RulesAnswer['rules'][number];

const ORDERS: Record<string, (a: CountedRule, b: CountedRule) => number> = {
  title: (a, b) => a.title.localeCompare(b.title),
  severity: (a, b) =>
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  level: (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level),
  fails: (a, b) => b.outcomes.fail - a.outcomes.fail,
};

/** The rules with the text and of the track, in order. */
export function ruleRows(
  rules: readonly CountedRule[],
  query: { search?: string; track?: string; sort?: string; order?: string },
): CountedRule[] {
  const text = query.search?.trim().toLowerCase() ?? '';
  const sign = query.order === 'desc' ? -1 : 1;
  const compare = ORDERS[query.sort ?? 'fails'] ?? ORDERS.fails;
  return rules
    .filter(
      ({ id, title, description, track }) =>
        (!query.track || query.track === track) &&
        `${id} ${title} ${description}`.toLowerCase().includes(text),
    )
    .sort((a, b) => sign * compare(a, b) || ORDERS.title(a, b));
}
