import { Rule } from './rules';
import { isOnTrial, promotedRules, standingRules } from './trial';

const rule = (id: string, trial?: boolean) =>
  ({ id, ...(trial !== undefined && { trial }) } as Rule);
const rules = [rule('old'), rule('new', true), rule('taken', true)];
const since = '2026-11-21T12:00:00.000Z';
const promoted = [
  { rule: 'taken', since, campaign: 'c' },
  // Its line in the metadata is gone by now, or the rule is.
  { rule: 'old', since, campaign: 'c' },
  { rule: 'gone', since, campaign: 'c' },
];

describe('rules on trial', () => {
  it('count from their promotion on', () => {
    const ids = (all: readonly Rule[]) => all.map(({ id }) => id);
    expect(ids(standingRules(rules))).toEqual(['old']);
    const now = promotedRules(rules, promoted);
    expect(now).toEqual([
      rules[0],
      rules[1],
      { ...rules[2], promotedAt: since },
    ]);
    expect(ids(standingRules(now))).toEqual(['old', 'taken']);
    expect(now.map(isOnTrial)).toEqual([false, true, false]);
  });

  it('are none where the metadata says so', () => {
    expect(isOnTrial(rule('a', false))).toBe(false);
  });
});
