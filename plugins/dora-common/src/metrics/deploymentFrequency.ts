import { History } from './history';
import { within } from './instants';
import { median } from './percentiles';
import { DeploymentFrequency } from './results';
import { RolloutRow } from './rows';
import { daysOf, intervalsOf, past, Window } from './window';

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
  const happened = past(window, history.now);
  const successes = successesIn(history, window);
  const n = successes.length;
  if (n === 0) return { status: 'no-data', why: 'no-deployments', n };

  const counts = intervalsOf(happened, 'week')
    .filter(({ partial }) => !partial)
    .map(week => within(successes, week).length);
  const active = counts.filter(week => week > 0);
  return {
    status: 'ok',
    value: n / daysOf(happened),
    n,
    ...(counts.length > 0 && {
      weeks: {
        n: counts.length,
        active: active.length / counts.length,
        median: median(counts) ?? 0,
        activeMedian: median(active),
      },
    }),
  };
}
