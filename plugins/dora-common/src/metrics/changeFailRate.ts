import { FAILURE_REASONS, FailureReason } from './failures';
import { History } from './history';
import { within } from './instants';
import { ChangeFailRate } from './results';
import { past, Window } from './window';

/** What the change fail rate is computed of. */
export interface Finishes {
  n: number;
  failed: Record<FailureReason, number>;
}

/** Deployments that needed immediate intervention, over all that finished. */
export function changeFailRate(
  history: History,
  window: Window,
): ChangeFailRate {
  const rollouts = within(history.rollouts, past(window, history.now));
  const failures = rollouts.flatMap(({ failure }) => failure?.reason ?? []);
  const [incident, failed, mended] = FAILURE_REASONS.map(
    reason => failures.filter(of => of === reason).length,
  );
  return changeFailRateOf({
    n: rollouts.length,
    failed: { incident, failed, mended },
  });
}

export function changeFailRateOf({ n, failed }: Finishes): ChangeFailRate {
  if (n === 0) return { status: 'no-data', why: 'no-deployments', n };
  const all = failed.incident + failed.failed + failed.mended;
  return { status: 'ok', value: all / n, n, failed: all, reasons: failed };
}
