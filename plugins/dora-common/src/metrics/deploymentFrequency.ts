import { calendarOf } from './calendar';
import { History } from './history';
import { within } from './instants';
import { median } from './percentiles';
import { DeploymentFrequency } from './results';
import { RolloutRow } from './rows';
import { past, Window } from './window';

/** What the frequency is computed of. */
export interface Successes {
  n: number;
  /** Of the window, in calendar days. */
  days: number;
  /** How many in each whole week of the window. */
  weeks: readonly number[];
}

/** Rollouts that brought a commit to production in the window. */
export function successesIn(history: History, window: Window): RolloutRow[] {
  return within(history.rollouts, past(window, history.now)).filter(
    ({ reached }) => reached,
  );
}

/** Successful production deployments per day. */
export function deploymentFrequency(
  history: History,
  window: Window,
): DeploymentFrequency {
  const { days, weeks } = calendarOf(window, history.now);
  const successes = successesIn(history, window);
  return frequencyOf({
    n: successes.length,
    days,
    weeks: weeks.map(week => within(successes, week).length),
  });
}

export function frequencyOf({
  n,
  days,
  weeks,
}: Successes): DeploymentFrequency {
  if (n === 0) return { status: 'no-data', why: 'no-deployments', n };
  const active = weeks.filter(week => week > 0);
  return {
    status: 'ok',
    value: n / days,
    n,
    ...(weeks.length > 0 && {
      weeks: {
        n: weeks.length,
        active: active.length / weeks.length,
        median: median(weeks) ?? 0,
        activeMedian: median(active),
      },
    }),
  };
}
