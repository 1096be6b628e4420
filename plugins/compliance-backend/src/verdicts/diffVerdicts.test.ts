import {
  Outcome,
  Part,
  Rule,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import { diffVerdicts } from './diffVerdicts';

const rule = (id: string, input: Part, needs: string[] = [input]): Rule => ({
  id,
  title: id,
  description: id,
  severity: 'high',
  track: 'security',
  level: 'bronze',
  input,
  needs,
  why: id,
  fix: id,
  readme: '',
});
const rules = [
  rule('owner', 'catalog', ['catalog.owner']),
  rule('pipeline', 'repository', [
    'repository:.github/workflows/*.yml',
    'catalog',
  ]),
];
const verdict = (id: string, outcome: Outcome, message?: string): Verdict => ({
  rule: id,
  outcome,
  findings: message ? [{ message }] : [],
});
const since = (parts: Part[], rulesChanged = false) => ({
  first: false,
  rulesChanged,
  parts: new Set(parts),
});

describe('diffVerdicts', () => {
  it('writes nothing where nothing changed', () => {
    const all = () => [
      verdict('owner', 'pass'),
      verdict('pipeline', 'fail', 'a'),
    ];
    expect(diffVerdicts(all(), all(), rules, since([]))).toEqual({
      written: [],
      removed: [],
      changes: [],
    });
  });

  it('writes new findings of the same outcome, which is no change', () => {
    const { written, changes } = diffVerdicts(
      [verdict('pipeline', 'fail', 'a')],
      [verdict('pipeline', 'fail', 'b')],
      rules,
      since(['repository']),
    );
    expect(written).toHaveLength(1);
    expect(changes).toEqual([]);
  });

  it.each<[string, Part[], boolean, Outcome, Outcome, string, string]>([
    ['the file', ['repository'], false, 'fail', 'pass', 'pipeline', 'facts'],
    ['what it needs', ['catalog'], true, 'fail', 'pass', 'pipeline', 'facts'],
    ['another file', ['slo'], true, 'fail', 'pass', 'pipeline', 'rules'],
    ['the rule', [], true, 'pass', 'fail', 'owner', 'rules'],
    ['the day', [], false, 'pass', 'fail', 'owner', 'facts'],
    ['leave', [], false, 'fail', 'exempt', 'owner', 'exemption'],
    ['no leave', ['catalog'], true, 'exempt', 'fail', 'owner', 'exemption'],
  ])('says that %s changed it', (_, parts, newRules, from, to, id, why) => {
    const { changes } = diffVerdicts(
      [verdict(id, from)],
      [verdict(id, to)],
      rules,
      since(parts, newRules),
    );
    expect(changes).toEqual([{ rule: id, from, to, why }]);
  });

  it('tells of rules that came and went, but not of a new component', () => {
    const before = [verdict('gone', 'fail')];
    const after = [verdict('owner', 'pass')];
    expect(diffVerdicts(before, after, rules, since([], true))).toEqual({
      written: after,
      removed: ['gone'],
      changes: [
        { rule: 'owner', to: 'pass', why: 'rules' },
        { rule: 'gone', from: 'fail', why: 'rules' },
      ],
    });
    const first = { ...since([], true), first: true };
    expect(diffVerdicts([], after, rules, first)).toMatchObject({
      written: after,
      changes: [],
    });
  });
});
