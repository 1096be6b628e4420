import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import {
  Facts,
  FactErrors,
  levelOf,
  Part,
  scoreByTrack,
  scoreOf,
  standingRules,
  TRACKS,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import {
  Case,
  judge,
  PolicyEngine,
} from '@waymark/backstage-plugin-compliance-node';
import { RulesNow } from '../campaigns/RulesInForce';
import { dayOf } from '../database/time';
import { Fact } from '../facts/FactStore';
import { Claim } from '../work/WorkStore';
import { diffVerdicts } from './diffVerdicts';
import { ComponentScores, VerdictDiff } from './VerdictStore';

/** What an evaluation found out. */
export interface Evaluation {
  diff: VerdictDiff;
  scores: ComponentScores;
  /** Hash of each part that is known. */
  basis: Claim['basis'];
}

const FACTS = { apiVersion: 'waymark.dev/v1', kind: 'Facts' } as const;

/** Asks the rules about components. */
export class Evaluator {
  /** One is made ready for each thread: unpacked facts are large. */
  private readonly open = pLimit(2 * availableParallelism());

  constructor(private readonly engine: PolicyEngine) {}

  evaluate(
    rules: RulesNow,
    claim: Claim,
    facts: readonly Fact[],
    before: readonly Verdict[],
    exemptions: Case['exemptions'],
    now = new Date(),
  ): Promise<Evaluation> {
    return this.open(() =>
      this.evaluateNow(rules, claim, facts, before, exemptions, now),
    );
  }

  private async evaluateNow(
    { rules, revision }: RulesNow,
    claim: Claim,
    facts: readonly Fact[],
    before: readonly Verdict[],
    exemptions: Case['exemptions'],
    now: Date,
  ): Promise<Evaluation> {
    const { id } = claim;
    const today = dayOf(now);
    const input: Facts = { ...FACTS };
    const json = [JSON.stringify(FACTS).slice(0, -1)];
    const errors: FactErrors = {};
    const basis: Claim['basis'] = {};
    for (const fact of facts) {
      if ('error' in fact) {
        errors[fact.part] = fact.error;
      } else {
        // Each is unpacked when it is asked for, so that data would be a second time.
        const text = fact.json;
        Object.assign(input, { [fact.part]: JSON.parse(text) });
        json.push(`,"${fact.part}":${text}`);
        basis[fact.part] = fact.hash;
      }
    }
    const report = await this.engine.evaluate(`${json.join('')}}`, today);
    const verdicts = judge({
      rules,
      report,
      facts: input,
      errors,
      exemptions,
      today,
    });
    const diff = diffVerdicts(before, verdicts, rules, {
      first: claim.revision === undefined,
      rulesChanged: claim.revision !== revision,
      parts: changedParts(claim.basis, basis),
    });
    const standing = standingRules(rules);
    const byTrack = scoreByTrack(verdicts, standing);
    return {
      diff: { id, ...diff },
      scores: {
        id,
        total: scoreOf(verdicts, standing),
        tracks: TRACKS.map(track => ({
          ...byTrack[track],
          track,
          level: levelOf(track, verdicts, standing),
        })),
      },
      basis,
    };
  }
}

function changedParts(
  before: Claim['basis'],
  after: Claim['basis'],
): ReadonlySet<Part> {
  const parts = [...Object.keys(before), ...Object.keys(after)] as Part[];
  return new Set(parts.filter(part => before[part] !== after[part]));
}
