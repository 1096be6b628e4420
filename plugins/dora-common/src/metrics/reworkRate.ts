import { History } from './history';
import { within } from './instants';
import { ReworkRate } from './results';
import { past, Window } from './window';

/** Unplanned deployments that an incident made necessary, over all that finished. */
export function reworkRate(history: History, window: Window): ReworkRate {
  const rollouts = within(history.rollouts, past(window, history.now));
  const n = rollouts.length;
  if (n === 0) return { status: 'no-data', why: 'no-deployments', n };
  const unplanned = rollouts.filter(({ rework }) => rework).length;
  const unscheduled = rollouts.filter(({ planned }) => !planned).length;
  return {
    status: 'ok',
    value: unplanned / n,
    n,
    unplanned,
    unexplained: unscheduled - unplanned,
  };
}
