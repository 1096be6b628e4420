import { Failure } from './failures';
import { successesIn } from './deploymentFrequency';
import { DeployedChange, History, WaitingChange } from './history';
import { within } from './instants';
import { Bots, countsFor } from './leadTime';
import { openAt } from './recoveryTime';
import { hasIncident } from './reworkRate';
import { Rollout } from './rollouts';
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
): Rollout[] {
  const happened = past(window, history.now);
  const finished = () => within(history.rollouts, happened);
  const rolloutOf = ({ rollout }: Failure) => rollout;
  switch (counted) {
    case 'successful':
      return successesIn(history, window);
    case 'failed':
      return finished().filter(({ id }) => history.failures.has(id));
    case 'recovered':
      return within(history.recoveries, happened)
        .map(({ failure }) => failure)
        .filter(({ clockFault }) => !clockFault)
        .map(rolloutOf);
    case 'open':
      return openAt(history, happened.to).map(rolloutOf);
    case 'unplanned':
      return finished().filter(
        rollout => rollout.kind !== 'planned' && hasIncident(rollout, history),
      );
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
): (DeployedChange | WaitingChange)[] {
  const happened = past(window, history.now);
  const all = within(history.deployed, happened);
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
      return all.filter(({ fact }) => fact.bot);
    default:
      return deployed.filter(({ lead }) => lead !== undefined);
  }
}
