import {
  Bots,
  Deployment,
  Five,
  IntervalUnit,
  MetricName,
  Movement,
  NoDataReason,
} from '@waymark/backstage-plugin-dora-common';
import { count, durationWords, frequencyWords, shareWords } from './format';

export const METRIC_WORDS: Record<MetricName, string> = {
  deploymentFrequency: 'Deployment frequency',
  leadTime: 'Change lead time',
  changeFailRate: 'Change fail rate',
  recoveryTime: 'Failed deployment recovery time',
  reworkRate: 'Deployment rework rate',
};

/** For the head of a narrow column. */
export const METRIC_HEADS: Record<MetricName, string> = {
  deploymentFrequency: 'Deployments',
  leadTime: 'Lead time',
  changeFailRate: 'Fail rate',
  recoveryTime: 'Recovery time',
  reworkRate: 'Rework rate',
};

export const METRIC_MEANINGS: Record<MetricName, string> = {
  deploymentFrequency: 'Successful deployments to production.',
  leadTime:
    'From the first commit of a change until it runs in production; half of the changes take less.',
  changeFailRate: 'Deployments that needed somebody to step in at once.',
  recoveryTime:
    'From a failed deployment until all it caused is over; half of them take less.',
  reworkRate: 'Unplanned deployments that an incident made necessary.',
};

const VALUE_WORDS: Record<MetricName, (value: number) => string> = {
  deploymentFrequency: frequencyWords,
  leadTime: durationWords,
  changeFailRate: shareWords,
  recoveryTime: durationWords,
  reworkRate: shareWords,
};

/** A value in words that a person uses. */
export const valueWords = (metric: MetricName, value: number) =>
  VALUE_WORDS[metric](value);

/** The value, or undefined where there is no data. */
export const valueOf = (five: Five, metric: MetricName) => {
  const result = five[metric];
  return result.status === 'ok' ? result.value : undefined;
};

/** How many events a value rests on: `from 214 deployments`. */
export function basisWords(five: Five, metric: MetricName): string {
  const { n } = five[metric];
  switch (metric) {
    case 'leadTime':
      return `from ${count(n, 'change')}`;
    case 'recoveryTime':
      return `from ${count(n, 'recovery', 'recoveries')}`;
    case 'changeFailRate': {
      const { changeFailRate: rate } = five;
      const failed = rate.status === 'ok' ? rate.failed : 0;
      return `${failed.toLocaleString('en-GB')} of ${count(n, 'deployment')}`;
    }
    case 'reworkRate': {
      const { reworkRate: rate } = five;
      const unplanned = rate.status === 'ok' ? rate.unplanned : 0;
      return `${unplanned.toLocaleString('en-GB')} of ${count(
        n,
        'deployment',
      )}`;
    }
    default:
      return `from ${count(n, 'deployment')}`;
  }
}

const MORE_WORDS: Record<MetricName, [more: string, less: string]> = {
  deploymentFrequency: ['More often', 'Less often'],
  leadTime: ['Longer', 'Shorter'],
  changeFailRate: ['Higher', 'Lower'],
  recoveryTime: ['Longer', 'Shorter'],
  reworkRate: ['Higher', 'Lower'],
};

/** How a value stands to the one before; small differences are none in words. */
export function movementWords(metric: MetricName, { from, to }: Movement) {
  if (valueWords(metric, from) === valueWords(metric, to)) return 'Same';
  return MORE_WORDS[metric][to > from ? 0 : 1];
}

/** Why there is no value, and what would make one. */
export const NO_DATA_WORDS: Record<
  NoDataReason,
  { why: (n: number) => string; what: string; webhook: boolean }
> = {
  'no-deployments': {
    why: () => 'No deployment to production finished in this time.',
    what: 'If there were some, their webhook does not reach this portal, or their environment is not counted as production.',
    webhook: true,
  },
  'no-changes': {
    why: () => 'No change reached production in this time.',
    what: 'A change is a merged pull request, or a pushed commit, that a deployment contains. Pushes, pull requests and deployments have to come in.',
    webhook: true,
  },
  'no-lead-times': {
    why: n =>
      `${count(n, 'change')} reached production; of none it is known when ${
        n === 1 ? 'its' : 'their'
      } first commit was made.`,
    what: 'Pushes have to come in, too; or a clock was wrong.',
    webhook: true,
  },
  'no-failures': {
    why: () => 'Nothing failed that was over in this time.',
    what: 'There was nothing to recover from, or incidents do not come in.',
    webhook: false,
  },
  'no-recoveries': {
    why: () => 'What failed is not over yet.',
    what: 'There is a time as soon as it is.',
    webhook: false,
  },
};

export const INTERVAL_WORDS: Record<IntervalUnit, string> = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
};

export const BOTS_WORDS: Record<Bots, string> = {
  apart: 'People',
  with: 'People and bots',
  only: 'Bots',
};

export const KIND_WORDS: Record<Deployment['kind'], string> = {
  planned: 'Planned',
  hotfix: 'Hotfix',
  rollback: 'Rollback',
};
