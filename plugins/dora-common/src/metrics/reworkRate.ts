import { History } from './history';
import { within } from './instants';
import { ReworkRate } from './results';
import { Rollout } from './rollouts';
import { past, Window } from './window';

/** Unplanned deployments that an incident made necessary, over all that finished. */
export function reworkRate(history: History, window: Window): ReworkRate {
  const rollouts = within(history.rollouts, past(window, history.now));
  const n = rollouts.length;
  if (n === 0) return { status: 'no-data', why: 'no-deployments', n };
  const unscheduled = rollouts.filter(({ kind }) => kind !== 'planned');
  const unplanned = unscheduled.filter(rollout =>
    hasIncident(rollout, history),
  ).length;
  return {
    status: 'ok',
    value: unplanned / n,
    n,
    unplanned,
    unexplained: unscheduled.length - unplanned,
  };
}

/** Whether an incident is stated, or known of the deployment that it mends. */
export function hasIncident({ deployments }: Rollout, history: History) {
  return deployments.some(
    ({ fact }) =>
      fact.incidentId !== undefined ||
      history.hurtful.has(fact.mendsDeploymentId ?? ''),
  );
}
