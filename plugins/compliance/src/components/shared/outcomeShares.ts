import {
  Outcome,
  OUTCOMES,
  Score,
} from '@waymark/backstage-plugin-compliance-common';
import { Share } from '@waymark/backstage-plugin-insights-react';
import { OUTCOME_TONES, OUTCOME_WORDS } from '../../words';

const COUNTS = {
  pass: 'passed',
  fail: 'failed',
  unknown: 'unknown',
  exempt: 'exempt',
  'not-applicable': 'notApplicable',
} as const;

/** Numbers by outcome. */
export const countShares = (
  counts: Record<Outcome, number>,
  href?: (outcome: Outcome) => string,
): Share[] =>
  OUTCOMES.map(outcome => ({
    id: outcome,
    label: OUTCOME_WORDS[outcome],
    value: counts[outcome],
    tone: OUTCOME_TONES[outcome],
    href: href?.(outcome),
  }));

/** Verdicts of a score by what they say. */
export const outcomeShares = (score: Score): Share[] =>
  countShares(
    Object.fromEntries(
      OUTCOMES.map(outcome => [outcome, score[COUNTS[outcome]]]),
    ) as Record<Outcome, number>,
  );
