import { History } from './history';
import { within } from './instants';
import { ReworkRate } from './results';
import { past, Window } from './window';

/** What the rework rate is computed of. */
export interface Rework {
  /** Deployments. */
  n: number;
  /** Those that an incident made necessary. */
  unplanned: number;
  /** Hotfixes and rollbacks. */
  unscheduled: number;
}

/** Unplanned deployments that an incident made necessary, over all that finished. */
export function reworkRate(history: History, window: Window): ReworkRate {
  const rollouts = within(history.rollouts, past(window, history.now));
  return reworkRateOf({
    n: rollouts.length,
    unplanned: rollouts.filter(({ rework }) => rework).length,
    unscheduled: rollouts.filter(({ planned }) => !planned).length,
  });
}

export function reworkRateOf({
  n,
  unplanned,
  unscheduled,
}: Rework): ReworkRate {
  if (n === 0) return { status: 'no-data', why: 'no-deployments', n };
  return {
    status: 'ok',
    value: unplanned / n,
    n,
    unplanned,
    unexplained: unscheduled - unplanned,
  };
}
