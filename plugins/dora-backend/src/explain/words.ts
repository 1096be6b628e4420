import { RuleName } from '../rules/rules';
import { RulesInForce, RuleSource } from '../rules/rulesOf';

/** A commit as people write it. */
export const short = (sha: string) => sha.slice(0, 7);

/** `1 change`, `2 changes`. */
export const counted = (n: number, one: string) =>
  `${n} ${one}${n === 1 ? '' : 's'}`;

/** `36 hours`, `30 days`. */
export const hoursWords = (hours: number) => {
  if (hours < 1) return counted(Math.round(hours * 60), 'minute');
  return hours % 24 === 0 && hours > 24
    ? counted(hours / 24, 'day')
    : counted(Number(hours.toFixed(2)), 'hour');
};

/** Who says it. */
export const sourceWords = ({ level, name, of }: RuleSource) => {
  if (level === 'default') return `${name} (not set: the default)`;
  return of ? `${name} of ${of}` : name;
};

/** What a rule of patterns says, and who says it. */
export const ruleWords = (
  { rules, from }: RulesInForce,
  name: Exclude<RuleName, 'deployments'>,
) => {
  const value = rules[name].join(', ') || 'empty';
  return `${sourceWords(from[name])} is ${value}`;
};
