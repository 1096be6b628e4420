import { successesIn } from './deploymentFrequency';
import { hasFailed, History } from './history';
import { within } from './instants';
import { Bots, countsFor } from './leadTime';
import { openAt } from './recoveryTime';
import { ChangeRow, RolloutRow, WaitingRow } from './rows';
import { past, Window } from './window';

export const DEPLOYMENTS_COUNTED = [
  'finished',
  'successful',
  'failed',
  'recovered',
  'open',
  'unplanned',
] as const;
export type DeploymentsCounted = (typeof DEPLOYMENTS_COUNTED)[number];

export const CHANGES_COUNTED = [
  'lead-time',
  'waiting',
  'flagged',
  'unknown',
  'bots',
] as const;
export type ChangesCounted = (typeof CHANGES_COUNTED)[number];

/**
 * The deployments that a value of the window was made of, in order of time:
 * `failed` over `finished` is the change fail rate, and so on.
 */
export function countedRollouts(
  history: History,
  window: Window,
  counted: DeploymentsCounted,
): RolloutRow[] {
  const happened = past(window, history.now);
  const finished = () => within(history.rollouts, happened);
  switch (counted) {
    case 'successful':
      return successesIn(history, window);
    case 'failed':
      return finished().filter(hasFailed);
    case 'recovered':
      return within(history.recoveries, happened)
        .map(({ rollout }) => rollout)
        .filter(({ failure }) => !failure.clockFault);
    case 'open':
      return openAt(history, happened.to);
    case 'unplanned':
      return finished().filter(({ rework }) => rework);
    default:
      return finished();
  }
}

/** The changes that the lead time of the window was made of, or that it left out. */
export function countedChanges(
  history: History,
  window: Window,
  counted: ChangesCounted,
  bots: Bots = 'apart',
): (ChangeRow | WaitingRow)[] {
  const happened = past(window, history.now);
  const all = within(history.changes, happened);
  const deployed = all.filter(change => countsFor(change, bots));
  switch (counted) {
    case 'waiting':
      return within(history.waiting, happened).filter(change =>
        countsFor(change, bots),
      );
    case 'flagged':
      return deployed.filter(({ clockFault }) => clockFault);
    case 'unknown':
      return deployed.filter(({ lead, clockFault }) => !lead && !clockFault);
    case 'bots':
      return all.filter(({ bot }) => bot);
    default:
      return deployed.filter(({ lead }) => lead !== undefined);
  }
}
