import { Rule, Severity, Track, TRACKS } from './rules';
import { Verdict } from './verdicts';

/** What a rule counts for, by its severity. */
export const WEIGHTS: Readonly<Record<Severity, number>> = {
  critical: 10,
  high: 5,
  medium: 3,
  low: 1,
};

/** How much of what counts is kept. */
export interface Score {
  /**
   * `passedWeight / countedWeight` in percent, rounded down: 100 means that
   * nothing fails. Undefined where no rule counts: no data, not 0.
   */
  score?: number;
  /** Summed {@link WEIGHTS} of the rules that pass. */
  passedWeight: number;
  /** Of those that pass or fail; unknown, exempt and not applicable do not count. */
  countedWeight: number;
  passed: number;
  failed: number;
  unknown: number;
  exempt: number;
  notApplicable: number;
}

/** Adds up verdicts; those on rules that are no longer there are left out. */
export function scoreOf(
  verdicts: readonly Verdict[],
  rules: readonly Rule[],
): Score {
  const byId = new Map(rules.map(rule => [rule.id, rule]));
  const known = verdicts.filter(({ rule }) => byId.has(rule));
  const count = (outcome: Verdict['outcome']) =>
    known.filter(verdict => verdict.outcome === outcome).length;
  const weigh = (outcome: Verdict['outcome']) =>
    known
      .filter(verdict => verdict.outcome === outcome)
      .reduce((sum, { rule }) => sum + WEIGHTS[byId.get(rule)!.severity], 0);
  const passedWeight = weigh('pass');
  const countedWeight = passedWeight + weigh('fail');
  return {
    ...(countedWeight > 0 && {
      score: Math.floor((100 * passedWeight) / countedWeight),
    }),
    passedWeight,
    countedWeight,
    passed: count('pass'),
    failed: count('fail'),
    unknown: count('unknown'),
    exempt: count('exempt'),
    notApplicable: count('not-applicable'),
  };
}

/** The score of each track. */
export function scoreByTrack(
  verdicts: readonly Verdict[],
  rules: readonly Rule[],
): Record<Track, Score> {
  return Object.fromEntries(
    TRACKS.map(track => [
      track,
      scoreOf(
        verdicts,
        rules.filter(rule => rule.track === track),
      ),
    ]),
  ) as Record<Track, Score>;
}
