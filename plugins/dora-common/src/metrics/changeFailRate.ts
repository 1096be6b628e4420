import { FAILURE_REASONS } from './failures';
import { History } from './history';
import { within } from './instants';
import { ChangeFailRate } from './results';
import { past, Window } from './window';

/** Deployments that needed immediate intervention, over all that finished. */
export function changeFailRate(
  history: History,
  window: Window,
): ChangeFailRate {
  const rollouts = within(history.rollouts, past(window, history.now));
  const n = rollouts.length;
  if (n === 0) return { status: 'no-data', why: 'no-deployments', n };
  const failures = rollouts.flatMap(({ failure }) => failure?.reason ?? []);
  const [incident, failed, mended] = FAILURE_REASONS.map(
    reason => failures.filter(of => of === reason).length,
  );
  return {
    status: 'ok',
    value: failures.length / n,
    n,
    failed: failures.length,
    reasons: { incident, failed, mended },
  };
}
