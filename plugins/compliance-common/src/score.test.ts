import { levelOf } from './levels';
import { Level, Rule, Severity } from './rules';
import { scoreByTrack, scoreOf } from './score';
import { Outcome, Verdict } from './verdicts';

const rule = (id: string, severity: Severity, level: Level): Rule => ({
  id,
  title: id,
  description: id,
  severity,
  level,
  track: 'security',
  input: 'repository',
  needs: ['repository'],
  why: id,
  fix: id,
  readme: '',
});
const rules = [
  rule('a', 'critical', 'bronze'),
  rule('b', 'high', 'silver'),
  rule('c', 'low', 'gold'),
];
const verdicts = (...outcomes: Outcome[]): Verdict[] =>
  outcomes.map((outcome, index) => ({
    rule: rules[index].id,
    outcome,
    findings: [],
  }));

describe('scoreOf', () => {
  it.each<[Outcome[], number | undefined, number, number]>([
    [['pass', 'pass', 'pass'], 100, 16, 16],
    [['pass', 'fail', 'pass'], 68, 11, 16],
    [['fail', 'pass', 'pass'], 37, 6, 16],
    [['fail', 'fail', 'fail'], 0, 0, 16],
    // What is not known or allowed is neither kept nor broken.
    [['pass', 'unknown', 'exempt'], 100, 10, 10],
    [['not-applicable', 'fail', 'pass'], 16, 1, 6],
    [['unknown', 'exempt', 'not-applicable'], undefined, 0, 0],
  ])('%j is %p: %p of %p', (outcomes, score, passed, counted) => {
    const result = scoreOf(verdicts(...outcomes), rules);
    expect(result.score).toBe(score);
    expect(result).toMatchObject({
      passedWeight: passed,
      countedWeight: counted,
    });
  });

  it('never says 100 while something fails', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      rule(`r${index}`, 'critical', 'bronze'),
    );
    const all: Verdict[] = [
      ...many.map(({ id }) => ({
        rule: id,
        outcome: 'pass' as const,
        findings: [],
      })),
      { rule: 'c', outcome: 'fail', findings: [] },
    ];
    expect(scoreOf(all, [...many, rules[2]]).score).toBe(99);
  });

  it('leaves out a rule that is gone', () => {
    expect(scoreOf(verdicts('pass', 'fail'), [rules[0]])).toMatchObject({
      score: 100,
      failed: 0,
    });
  });

  it('has no data for a track without rules', () => {
    const tracks = scoreByTrack(verdicts('pass', 'fail', 'pass'), rules);
    expect(tracks.security.score).toBe(68);
    expect(tracks.delivery).toMatchObject({ countedWeight: 0 });
    expect(tracks.delivery.score).toBeUndefined();
  });
});

describe('levelOf', () => {
  it.each<[Outcome[], string]>([
    [['pass', 'pass', 'pass'], 'gold'],
    [['pass', 'pass', 'fail'], 'silver'],
    [['pass', 'fail', 'pass'], 'bronze'],
    [['fail', 'pass', 'pass'], 'none'],
    [['pass', 'exempt', 'pass'], 'gold'],
    [['pass', 'unknown', 'pass'], 'bronze'],
    [['pass', 'not-applicable', 'pass'], 'gold'],
    [['not-applicable', 'not-applicable', 'not-applicable'], 'not-applicable'],
  ])('%j reaches %p', (outcomes, reached) => {
    expect(levelOf('security', verdicts(...outcomes), rules)).toBe(reached);
    expect(levelOf('delivery', verdicts(...outcomes), rules)).toBe(
      'not-applicable',
    );
  });
});
