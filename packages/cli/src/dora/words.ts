import {
  Five,
  MetricName,
  Movement,
  NoDataReason,
} from '@waymark/backstage-plugin-dora-common';

const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const number = (value: number) =>
  value >= 10 ? String(Math.round(value)) : NUMBER.format(value);

/** As the portal calls them. */
export const METRIC_WORDS: Record<MetricName, string> = {
  deploymentFrequency: 'Deployment frequency',
  leadTime: 'Change lead time',
  changeFailRate: 'Change fail rate',
  recoveryTime: 'Failed deployment recovery time',
  reworkRate: 'Deployment rework rate',
};

const UNITS: [unit: string, seconds: number][] = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 0],
];

function durationWords(seconds: number): string {
  const [unit, length] = UNITS.find(([, least]) => seconds >= least)!;
  const value = number(seconds / (length || 1));
  return `${value} ${value === '1' ? unit.slice(0, -1) : unit}`;
}

function frequencyWords(perDay: number): string {
  if (perDay >= 1) return `${number(perDay)} a day`;
  if (perDay >= 1 / 7) return `${number(7 * perDay)} a week`;
  return `${number(30 * perDay)} in 30 days`;
}

const shareWords = (share: number) => `${number(100 * share)} %`;

const VALUE_WORDS: Record<MetricName, (value: number) => string> = {
  deploymentFrequency: frequencyWords,
  leadTime: durationWords,
  changeFailRate: shareWords,
  recoveryTime: durationWords,
  reworkRate: shareWords,
};

export const NO_DATA_WORDS: Record<NoDataReason, string> = {
  'no-deployments': 'no deployment',
  'no-changes': 'no change',
  'no-lead-times': 'no first commit known',
  'no-failures': 'nothing failed',
  'no-recoveries': 'not over yet',
};

/** The value in words, or why there is none. */
export function valueWords(five: Five, metric: MetricName): string {
  const result = five[metric];
  return result.status === 'ok'
    ? VALUE_WORDS[metric](result.value)
    : NO_DATA_WORDS[result.why];
}

const ONE: Record<MetricName, [one: string, many: string]> = {
  deploymentFrequency: ['deployment', 'deployments'],
  leadTime: ['change', 'changes'],
  changeFailRate: ['deployment', 'deployments'],
  recoveryTime: ['recovery', 'recoveries'],
  reworkRate: ['deployment', 'deployments'],
};

/** On how many events it rests. */
export function basisWords(five: Five, metric: MetricName): string {
  const { n } = five[metric];
  return `${n.toLocaleString('en-GB')} ${ONE[metric][n === 1 ? 0 : 1]}`;
}

/** How it stands to the window before; a few events more or less are chance. */
export function movementWords(movement: Movement | undefined): string {
  if (!movement) return '';
  const { direction, relative, small } = movement;
  if (direction === 'same') return 'same';
  const by =
    relative === undefined ? '' : ` by ${shareWords(Math.abs(relative))}`;
  return `${direction}${by}${small ? ', few events' : ''}`;
}

const BARS = '▁▂▃▄▅▆▇█';

/** A bar for each value, a dot where there is none. */
export function sparkline(values: readonly (number | undefined)[]): string {
  const most = Math.max(0, ...values.map(value => value ?? 0));
  return values
    .map(value => {
      if (value === undefined) return '·';
      const height = most === 0 ? 0 : (value / most) * (BARS.length - 1);
      return BARS[Math.round(height)];
    })
    .join('');
}
