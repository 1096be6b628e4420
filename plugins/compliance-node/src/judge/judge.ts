import {
  Exemption,
  FactErrors,
  Facts,
  Rule,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import { RawAnswer, RawReport } from '../engine/PolicyEngine';
import { Findings } from './Findings';
import { missing, undecided } from './needs';

/** What verdicts on a component come from. */
export interface Case {
  rules: readonly Rule[];
  /** What an engine said of the facts. */
  report: RawReport;
  facts: Facts;
  /** Why parts of the facts are not known. */
  errors?: FactErrors;
  /** Of this component, approved by the platform team. */
  exemptions?: readonly Pick<Exemption, 'rule' | 'until' | 'reason'>[];
  /** `2026-12-31`, in UTC. */
  today: string;
}

/**
 * A verdict for each rule. What is not known, and a rule that broke off, is
 * neither a pass nor a fail.
 */
export function judge(component: Case): Verdict[] {
  const findings = new Findings(component.facts);
  return component.rules.map(rule => {
    const unasked = missing(rule, component.facts, component.errors ?? {});
    if (unasked) return { rule: rule.id, findings: [], ...unasked };
    const verdict = verdictOf(rule, component.report[rule.id], findings);
    if (verdict.outcome !== 'fail') return verdict;
    const reason = undecided(rule, component.facts, component.errors ?? {});
    return reason === undefined
      ? exempted(verdict, component)
      : { rule: rule.id, outcome: 'unknown', findings: [], reason };
  });
}

function verdictOf(
  { id, input }: Rule,
  answer: RawAnswer | undefined,
  findings: Findings,
): Verdict {
  const unknown = (reason: string): Verdict => ({
    rule: id,
    outcome: 'unknown',
    findings: [],
    reason,
  });
  if (!answer) return unknown('The rule was not asked.');
  if ('error' in answer) return unknown(answer.error);
  if (!answer.applies) {
    const reason = 'The rule does not concern this component.';
    return { rule: id, outcome: 'not-applicable', findings: [], reason };
  }
  try {
    const found = findings.of(answer.deny, input);
    const outcome = found.length > 0 ? 'fail' : 'pass';
    return { rule: id, outcome, findings: found };
  } catch (error) {
    return unknown((error as Error).message);
  }
}

/** The last day counts; of several exemptions the one that lasts longest. */
function exempted(verdict: Verdict, { exemptions = [], today }: Case): Verdict {
  const [exemption] = exemptions
    .filter(({ rule, until }) => rule === verdict.rule && until >= today)
    .sort((one, other) => (one.until < other.until ? 1 : -1));
  if (!exemption) return verdict;
  return {
    ...verdict,
    outcome: 'exempt',
    reason: exemption.reason,
    exemptUntil: exemption.until,
  };
}
