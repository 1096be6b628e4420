import { Five, MetricName } from './results';

/** In the order in which they are shown. */
export const METRIC_NAMES: readonly MetricName[] = [
  'deploymentFrequency',
  'leadTime',
  'recoveryTime',
  'changeFailRate',
  'reworkRate',
];

/** Which way is better. */
const MORE_IS_BETTER: Record<MetricName, boolean> = {
  deploymentFrequency: true,
  leadTime: false,
  recoveryTime: false,
  changeFailRate: false,
  reworkRate: false,
};

/** With fewer events on either side a change is likely chance. */
export const SMALL_N = 10;

/** How a metric moved from one window to another. */
export interface Movement {
  from: number;
  to: number;
  /** 0.1 is a tenth more; left out where it was 0 before. */
  relative?: number;
  direction: 'better' | 'worse' | 'same';
  /** Whether too few events are behind it to make much of it. */
  small: boolean;
}

/** What moved between two windows; a metric without a value in both is left out. */
export function movementsOf(
  before: Five,
  after: Five,
): Partial<Record<MetricName, Movement>> {
  const movements: Partial<Record<MetricName, Movement>> = {};
  for (const name of METRIC_NAMES) {
    const [a, b] = [before[name], after[name]];
    if (a.status !== 'ok' || b.status !== 'ok') continue;
    movements[name] = {
      from: a.value,
      to: b.value,
      ...(a.value !== 0 && { relative: (b.value - a.value) / a.value }),
      direction: directionOf(name, b.value - a.value),
      small: Math.min(a.n, b.n) < SMALL_N,
    };
  }
  return movements;
}

function directionOf(name: MetricName, by: number): Movement['direction'] {
  if (by === 0) return 'same';
  return by > 0 === MORE_IS_BETTER[name] ? 'better' : 'worse';
}
