import {
  isOnTrial,
  levelOf,
  LEVELS,
  Reached,
  Rule,
  RuleInForce,
  Score,
  scoreOf,
  SEVERITIES,
  standingRules,
  Track,
  TRACKS,
  Verdict,
  WEIGHTS,
} from '@waymark/backstage-plugin-compliance-common';

/** What a rule says of a component. */
export type JudgedRule = { rule: RuleInForce; verdict: Verdict };

/** Joins verdicts with their rules; those of rules that are gone are left out. */
export function withRules(
  verdicts: readonly Verdict[],
  rules: readonly RuleInForce[],
): JudgedRule[] {
  const byId = new Map(rules.map(rule => [rule.id, rule]));
  return verdicts.flatMap(verdict => {
    const rule = byId.get(verdict.rule);
    return rule ? [{ rule, verdict }] : [];
  });
}

const rank = ({ rule }: JudgedRule) =>
  SEVERITIES.indexOf(rule.severity) * LEVELS.length +
  LEVELS.indexOf(rule.level);

/** What weighs most, and of that what stands lowest in the levels, first. */
export const worstFirst = (judged: readonly JudgedRule[]): JudgedRule[] =>
  [...judged].sort(
    (a, b) => rank(a) - rank(b) || a.rule.title.localeCompare(b.rule.title),
  );

/** Those that fail and count, {@link worstFirst}. */
export const failing = (judged: readonly JudgedRule[]): JudgedRule[] =>
  worstFirst(
    judged.filter(
      ({ rule, verdict }) => verdict.outcome === 'fail' && !isOnTrial(rule),
    ),
  );

const SHOWN_ORDER = ['fail', 'unknown', 'exempt', 'pass', 'not-applicable'];

/** Rules of each track that has some, what needs work first. */
export const byTrack = (
  judged: readonly JudgedRule[],
): { track: Track; rules: JudgedRule[] }[] =>
  TRACKS.map(track => ({
    track,
    rules: worstFirst(judged.filter(({ rule }) => rule.track === track)).sort(
      (a, b) =>
        SHOWN_ORDER.indexOf(a.verdict.outcome) -
        SHOWN_ORDER.indexOf(b.verdict.outcome),
    ),
  })).filter(({ rules }) => rules.length > 0);

/** What counts for a rule. */
export const weightOf = (rule: Rule): number => WEIGHTS[rule.severity];

/** Score and level of the track, before and after. */
export type Effect = {
  before: Score;
  after: Score;
  track: Track;
  levelBefore: Reached;
  levelAfter: Reached;
};

/** What it would change if the rule were exempt; nothing for an unknown rule. */
export function effectOfExemption(
  ruleId: string,
  verdicts: readonly Verdict[],
  rules: readonly RuleInForce[],
): Effect | undefined {
  const rule = rules.find(({ id }) => id === ruleId);
  if (!rule) return undefined;
  const standing = standingRules(rules);
  const exempt = verdicts.map(verdict =>
    verdict.rule === ruleId && verdict.outcome === 'fail'
      ? { ...verdict, outcome: 'exempt' as const }
      : verdict,
  );
  return {
    before: scoreOf(verdicts, standing),
    after: scoreOf(exempt, standing),
    track: rule.track,
    levelBefore: levelOf(rule.track, verdicts, standing),
    levelAfter: levelOf(rule.track, exempt, standing),
  };
}
