import { FailedRollout, History } from './history';
import { Millis, seconds, within } from './instants';
import { Durations, percentilesOf } from './percentiles';
import { RecoveryTime } from './results';
import { past, Window } from './window';

/** What the recovery time is computed of; durations in seconds. */
export interface Recoveries {
  durations: Durations;
  /** Failures that are not over at the end. */
  open: number;
  /** Times contradict each other. */
  flagged: number;
  /** Incidents begun in the window that no deployment caused. */
  unlinked: number;
}

/**
 * Finish of a failed deployment until all it caused is over, by failures that
 * were over in the window; in seconds. A past month only changes when an incident
 * is opened again.
 */
export function recoveryTime(history: History, window: Window): RecoveryTime {
  const happened = past(window, history.now);
  const over = within(history.recoveries, happened);
  const credible = over.filter(({ rollout }) => !rollout.failure.clockFault);
  return recoveryTimeOf({
    durations: credible.map(({ rollout, at }) =>
      seconds(rollout.failure.since, at),
    ),
    open: openAt(history, happened.to).length,
    flagged: over.length - credible.length,
    unlinked: within(history.unlinked, happened).length,
  });
}

export function recoveryTimeOf({
  durations: all,
  ...rest
}: Recoveries): RecoveryTime {
  const durations = percentilesOf(all);
  if (!durations) {
    const why = rest.open > 0 ? 'no-recoveries' : 'no-failures';
    return { status: 'no-data', why, n: 0, ...rest };
  }
  return {
    status: 'ok',
    value: durations.p50,
    n: all.length,
    ...durations,
    ...rest,
  };
}

/** Failures that had begun before an instant and were not over by then. */
export function openAt(history: History, instant: Millis): FailedRollout[] {
  return history.recoverable.filter(
    ({ failure: { since, recoveredAt, clockFault } }) =>
      !clockFault &&
      since < instant &&
      (recoveredAt === undefined || recoveredAt >= instant),
  );
}
