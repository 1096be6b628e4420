import {
  Campaign,
  Exemption,
  Level,
  Outcome,
  Part,
  Reached,
  Severity,
  Track,
} from '@waymark/backstage-plugin-compliance-common';
import { Tone } from '@waymark/backstage-plugin-insights-react';

export const TRACK_WORDS: Record<Track, string> = {
  ownership: 'Ownership and docs',
  kubernetes: 'Kubernetes',
  delivery: 'Delivery',
  reliability: 'Reliability',
  security: 'Security',
};

/** For the head of a narrow column. */
export const TRACK_HEADS: Record<Track, string> = {
  ...TRACK_WORDS,
  ownership: 'Ownership',
};

export const SEVERITY_WORDS: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

export const LEVEL_WORDS: Record<Level, string> = {
  bronze: 'Bronze',
  silver: 'Silver',
  gold: 'Gold',
};

export const REACHED_WORDS: Record<Reached, string> = {
  ...LEVEL_WORDS,
  none: 'No level yet',
  'not-applicable': 'Nothing to check',
};

export const OUTCOME_WORDS: Record<Outcome, string> = {
  pass: 'Passes',
  fail: 'Fails',
  unknown: 'Unknown',
  exempt: 'Exempt',
  'not-applicable': 'Does not apply',
};

export const OUTCOME_TONES: Record<Outcome, Tone> = {
  pass: 'positive',
  fail: 'negative',
  unknown: 'warning',
  exempt: 'info',
  'not-applicable': 'neutral',
};

/** What a rule reads. */
export const PART_WORDS: Record<Part, string> = {
  catalog: 'Catalog entry',
  repository: 'Files of the repository',
  manifest: 'Kubernetes manifests',
  delivery: 'Settings of the Git host',
  slo: 'Objectives and alerts',
};

export const EXEMPTION_WORDS: Record<Exemption['state'], string> = {
  requested: 'Asked for',
  approved: 'Holds',
  denied: 'Denied',
  ended: 'Ended early',
  expired: 'Over',
};

export const CAMPAIGN_WORDS: Record<Campaign['state'], string> = {
  draft: 'Draft',
  running: 'Running',
  done: 'Done',
  cancelled: 'Cancelled',
};

/** `1 rule`, `2 rules`. */
export const count = (number: number, one: string, many = `${one}s`) =>
  `${number.toLocaleString()} ${number === 1 ? one : many}`;
