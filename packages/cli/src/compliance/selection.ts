import { InputError } from '@backstage/errors';
import {
  isOnTrial,
  Rule,
  SEVERITIES,
  Severity,
  Track,
  TRACKS,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import { CheckedComponent } from './checkTree';
import { isElsewhere } from './treeFacts';

/** A verdict beside its rule. */
export interface RuledVerdict extends Verdict {
  of: Rule;
}

/** Which rules are told of, and how bad a finding must be to fail the check. */
export class Selection {
  private constructor(
    private readonly rules: ReadonlyMap<string, Rule>,
    private readonly failing: ReadonlySet<Severity>,
  ) {}

  /** @throws InputError naming what there is none of */
  static of(
    all: readonly Rule[],
    asked: { rules: string[]; tracks: string[]; failOn: string },
  ): Selection {
    for (const id of asked.rules) ruleOf(all, id);
    for (const track of asked.tracks) {
      if (!TRACKS.includes(track as Track)) {
        throw new InputError(
          `There is no track ${track}; there are ${TRACKS.join(', ')}.`,
        );
      }
    }
    const worst = SEVERITIES.indexOf(asked.failOn as Severity);
    if (worst < 0 && asked.failOn !== 'none') {
      throw new InputError(
        `--fail-on ${asked.failOn}: give ${SEVERITIES.join(', ')} or none.`,
      );
    }
    const chosen = all.filter(
      ({ id, track }) =>
        (asked.rules.length === 0 || asked.rules.includes(id)) &&
        (asked.tracks.length === 0 || asked.tracks.includes(track)),
    );
    return new Selection(
      new Map(chosen.map(rule => [rule.id, rule])),
      new Set(SEVERITIES.slice(0, worst + 1)),
    );
  }

  /** Those of the rules told of, worst first. */
  verdicts({ verdicts }: CheckedComponent): RuledVerdict[] {
    return verdicts
      .flatMap(verdict => {
        const of = this.rules.get(verdict.rule);
        return of ? [{ ...verdict, of }] : [];
      })
      .sort(
        (one, other) =>
          SEVERITIES.indexOf(one.of.severity) -
            SEVERITIES.indexOf(other.of.severity) ||
          one.rule.localeCompare(other.rule),
      );
  }

  /** The rules for which the check fails; none on trial. */
  failed(component: CheckedComponent): string[] {
    return this.verdicts(component)
      .filter(
        ({ outcome, of }) =>
          outcome === 'fail' && !isOnTrial(of) && this.failing.has(of.severity),
      )
      .map(({ rule }) => rule);
  }

  /** The rules that files could have answered, and did not. */
  unanswered(component: CheckedComponent): string[] {
    return this.verdicts(component)
      .filter(
        ({ outcome, of, reason }) =>
          outcome === 'unknown' && !isOnTrial(of) && !isElsewhere(reason),
      )
      .map(({ rule }) => rule);
  }

  /** The rules told of. */
  get chosen(): Rule[] {
    return [...this.rules.values()];
  }
}

/** @throws InputError that leads to what there is */
export function ruleOf(rules: readonly Rule[], id: string): Rule {
  const rule = rules.find(one => one.id === id);
  if (!rule) {
    throw new InputError(
      `There is no rule ${id}; ./waymark compliance rules lists them.`,
    );
  }
  return rule;
}
