import { Five, MetricName } from '@waymark/backstage-plugin-dora-common';
import { Silence } from '@waymark/backstage-plugin-golden-paths-common';
import { durationWords } from './words';

/** Why nothing is said: `Delivery metrics are not part of this portal.` */
export function silenceWords(
  why: Silence,
  what: 'delivery' | 'compliance',
): string {
  const name = what === 'delivery' ? 'delivery metrics' : 'compliance scores';
  switch (why) {
    case 'absent':
      return `Not known: ${name} are not part of this portal.`;
    case 'denied':
      return `Not known: you may not see ${name}.`;
    default:
      return `Not known: ${name} cannot be read just now. Try again in a moment.`;
  }
}

export const METRIC_WORDS: Record<MetricName, string> = {
  deploymentFrequency: 'Deployment frequency',
  leadTime: 'Change lead time',
  changeFailRate: 'Change fail rate',
  recoveryTime: 'Failed deployment recovery time',
  reworkRate: 'Deployment rework rate',
};

const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const number = (value: number) =>
  value >= 10 ? String(Math.round(value)) : NUMBER.format(value);

function frequencyWords(perDay: number): string {
  if (perDay >= 1) return `${number(perDay)} a day`;
  if (perDay >= 1 / 7) return `${number(7 * perDay)} a week`;
  return `${number(30 * perDay)} in 30 days`;
}

/** `3.2 a day`, `4.5 hours`, `12 %`. */
export function metricWords(metric: MetricName, value: number): string {
  if (metric === 'deploymentFrequency') return frequencyWords(value);
  return metric === 'leadTime' || metric === 'recoveryTime'
    ? durationWords(value)
    : `${number(100 * value)}\u00a0%`;
}

/** The value of all events together, or undefined where there is no data. */
export function valueOf(five: Five, metric: MetricName): number | undefined {
  const result = five[metric];
  return result.status === 'ok' ? result.value : undefined;
}
