import {
  Part,
  Rule,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import { isDeepStrictEqual } from 'node:util';
import { Change, VerdictDiff } from './VerdictStore';

/** What is not as it was at the last evaluation. */
export interface Since {
  /** Whether there was one. */
  first: boolean;
  rulesChanged: boolean;
  parts: ReadonlySet<Part>;
}

/**
 * What an evaluation changes. A verdict that changed on unchanged facts did so
 * by its rule; the first verdicts of a component are no changes.
 */
export function diffVerdicts(
  before: readonly Verdict[],
  after: readonly Verdict[],
  rules: readonly Rule[],
  since: Since,
): Omit<VerdictDiff, 'id'> {
  const known = new Map(before.map(verdict => [verdict.rule, verdict]));
  const kept = new Set(after.map(({ rule }) => rule));
  const byId = new Map(rules.map(rule => [rule.id, rule]));
  const removed = [...known.keys()].filter(rule => !kept.has(rule));
  const changes: Change[] = [];
  for (const { rule, outcome: to } of since.first ? [] : after) {
    const from = known.get(rule)?.outcome;
    if (from === to) continue;
    const why = reason(byId.get(rule)!, from, to, since);
    changes.push({ rule, ...(from && { from }), to, why });
  }
  for (const rule of removed) {
    changes.push({ rule, from: known.get(rule)!.outcome, why: 'rules' });
  }
  return {
    written: after.filter(
      verdict => !isDeepStrictEqual(known.get(verdict.rule), verdict),
    ),
    removed,
    changes,
  };
}

function reason(
  rule: Rule,
  from: Verdict['outcome'] | undefined,
  to: Verdict['outcome'],
  { rulesChanged, parts }: Since,
): Change['why'] {
  if (!from) return 'rules';
  if (from === 'exempt' || to === 'exempt') return 'exemption';
  const read = [rule.input, ...rule.needs.map(need => need.split(/[.:]/)[0])];
  const factsChanged = read.some(part => parts.has(part as Part));
  return rulesChanged && !factsChanged ? 'rules' : 'facts';
}
