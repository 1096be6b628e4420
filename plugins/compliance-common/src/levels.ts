import { Level, LEVELS, Rule, Track } from './rules';
import { Verdict } from './verdicts';

/** A level, none yet, or no rule of the track that applies. */
export type Reached = Level | 'none' | 'not-applicable';

/**
 * The highest level of a track whose rules, and those of every level below it,
 * are all kept. An exemption holds the level; what is unknown does not reach it.
 */
export function levelOf(
  track: Track,
  verdicts: readonly Verdict[],
  rules: readonly Rule[],
): Reached {
  const outcomes = new Map(
    verdicts.map(({ rule, outcome }) => [rule, outcome]),
  );
  const asked = rules.filter(
    rule =>
      rule.track === track &&
      outcomes.has(rule.id) &&
      outcomes.get(rule.id) !== 'not-applicable',
  );
  if (asked.length === 0) return 'not-applicable';
  let reached: Reached = 'none';
  for (const level of LEVELS) {
    const missed = asked.some(
      rule =>
        rule.level === level &&
        !['pass', 'exempt'].includes(outcomes.get(rule.id)!),
    );
    if (missed) return reached;
    reached = level;
  }
  return reached;
}
