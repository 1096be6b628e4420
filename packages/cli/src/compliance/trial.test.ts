import { Rule, Verdict } from '@waymark/backstage-plugin-compliance-common';
import { CheckedComponent } from './checkTree';
import { explained } from './explained';
import { printed } from './printed';
import { sarif } from './sarif';
import { Selection } from './selection';

const rule = (id: string, trial: boolean): Rule => ({
  id,
  title: `Rule ${id}`,
  description: id,
  severity: 'critical',
  track: 'security',
  level: 'bronze',
  input: 'repository',
  needs: ['repository'],
  why: id,
  fix: id,
  ...(trial && { trial }),
  readme: '',
});
const rules = [rule('a-new-one', true), rule('old', false)];

/** Of what the rules say of it, only the outcome counts here. */
function component(...outcomes: Verdict['outcome'][]): CheckedComponent {
  return {
    entityRef: 'component:default/shop',
    folder: '/nowhere',
    file: 'catalog-info.yaml',
    line: 1,
    verdicts: outcomes.map((outcome, index) => ({
      rule: rules[index].id,
      outcome,
      findings: outcome === 'fail' ? [{ message: 'is wrong' }] : [],
    })),
    total: {},
    tracks: [],
  } as unknown as CheckedComponent;
}

describe('a rule on trial', () => {
  const selection = Selection.of(rules, {
    rules: [],
    tracks: [],
    failOn: 'low',
  });
  const print = (one: CheckedComponent) => printed([one], selection, false);

  it('fails no check', () => {
    expect(selection.failed(component('fail', 'pass'))).toEqual([]);
    expect(selection.failed(component('fail', 'fail'))).toEqual(['old']);
    expect(selection.unanswered(component('unknown', 'unknown'))).toEqual([
      'old',
    ]);
  });

  it('is shown as such, after those that count', () => {
    const text = print(component('fail', 'fail'));
    expect(text).toContain('on trial, critical, security, a-new-one');
    expect(text.indexOf('Rule old')).toBeLessThan(
      text.indexOf('Rule a-new-one'),
    );
    expect(text).toContain('✗ 1 rule broken.');
    expect(print(component('fail', 'pass'))).toContain('✓ No rule is broken.');
    expect(explained(rules[0], false)).toContain('It is on trial');
    expect(explained(rules[1], false)).not.toContain('on trial');
  });

  it('is a note to code hosts', () => {
    const log = sarif([component('fail', 'fail')], selection, 'r1') as {
      runs: { results: { ruleId: string; level: string }[] }[];
    };
    expect(
      log.runs[0].results.map(({ ruleId, level }) => [ruleId, level]),
    ).toEqual([
      ['a-new-one', 'note'],
      ['old', 'error'],
    ]);
  });
});
