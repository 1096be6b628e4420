import {
  OpenedUpgrade,
  ROLLED_STATES,
  RolledState,
  Rollout,
  WaitsFor,
} from '@waymark/backstage-plugin-golden-paths-common';

/** What became of the work on a service. */
export type WorkState =
  | 'waiting'
  /** To be done now. */
  | 'due'
  /** There is a pull request. */
  | 'made'
  | 'failed'
  | 'needs-answers'
  | 'snoozed'
  | 'up-to-date'
  | 'left-out';

/** The latest pull request that brings a service to the version. */
export type Pull = Pick<OpenedUpgrade, 'state' | 'conflicts'>;

/** Where a service stands, of its work and of its pull request. */
export interface Stand {
  state: WorkState;
  /** Null before its turn; 0 is the canary. */
  batch: number | null;
  pull?: Pull;
}

/** What a rollout does next. */
export type Step = 'nothing' | 'batch' | 'done' | { waitsFor: WaitsFor };

/** How a service is shown: an upgrade that its owners asked for counts too. */
export function rolledState({ state, pull }: Stand): RolledState {
  if (state === 'due') return 'making';
  if (state === 'waiting') return 'waiting';
  if (pull?.state === 'open') return pull.conflicts > 0 ? 'conflict' : 'open';
  if (pull?.state === 'merged') return 'merged';
  if (state === 'made') return 'closed';
  return state;
}

/** How many are in each state. */
export function countStates(states: readonly RolledState[]): Rollout['counts'] {
  const counts = Object.fromEntries(ROLLED_STATES.map(state => [state, 0]));
  for (const state of states) counts[state] += 1;
  return counts as Rollout['counts'];
}

/** What comes next, of what is known of all services of a rollout. */
export function nextStep(
  rollout: Pick<
    Rollout,
    | 'state'
    | 'waitsFor'
    | 'batch'
    | 'afterCanary'
    | 'afterBatch'
    | 'maxFailedShare'
  >,
  services: readonly Stand[],
): Step {
  const { state, waitsFor, batch, afterCanary, afterBatch } = rollout;
  const canary = services.find(one => one.batch === 0)?.pull?.state;
  if (state === 'waiting') {
    if (waitsFor !== 'merge' || canary === 'open') return 'nothing';
    return canary === 'merged' ? 'batch' : { waitsFor: 'canary' };
  }
  if (state !== 'running' || services.some(one => one.state === 'due')) {
    return 'nothing';
  }
  if (!services.some(one => one.state === 'waiting')) return 'done';
  const made = services.filter(one => one.batch === batch);
  const failed = made.filter(one => one.state === 'failed').length;
  const share = made.length > 0 ? failed / made.length : 0;
  if (batch === 0) {
    if (failed > 0) return { waitsFor: 'failures' };
    const hasPull = afterCanary === 'merge' && canary !== undefined;
    return { waitsFor: hasPull ? 'merge' : 'canary' };
  }
  if (share > rollout.maxFailedShare) return { waitsFor: 'failures' };
  return afterBatch === 'ask' ? { waitsFor: 'batch' } : 'batch';
}
