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
  fails: (a, b) => a.outcomes.fail - b.outcomes.fail,
};

/** How the rules are sorted; without a wish, what fails most comes first. */
export function ruleOrder(query: { sort?: string; order?: string }): {
  column: string;
  direction: 'ascending' | 'descending';
} {
  const column = query.sort && query.sort in ORDERS ? query.sort : 'fails';
  const order = query.order ?? (column === 'fails' ? 'desc' : 'asc');
  return {
    column,
    direction: order === 'desc' ? 'descending' : 'ascending',
  };
}

/** The rules with the text and of the track, in order. */
export function ruleRows(
  rules: readonly CountedRule[],
  query: { search?: string; track?: string; sort?: string; order?: string },
): CountedRule[] {
  const text = query.search?.trim().toLowerCase() ?? '';
  const { column, direction } = ruleOrder(query);
  const sign = direction === 'descending' ? -1 : 1;
  return rules
    .filter(
      ({ id, title, description, track }) =>
        (!query.track || query.track === track) &&
        `${id} ${title} ${description}`.toLowerCase().includes(text),
    )
    .sort((a, b) => sign * ORDERS[column](a, b) || ORDERS.title(a, b));
}
