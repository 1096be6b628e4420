import { changeFailRate } from './changeFailRate';
import { deploymentFrequency } from './deploymentFrequency';
import { History } from './history';
import { Bots, leadTime } from './leadTime';
import { recoveryTime } from './recoveryTime';
import { Five } from './results';
import { reworkRate } from './reworkRate';
import { Interval, intervalsOf, past, Window } from './window';

/** The five of one interval. */
export interface Point extends Interval {
  metrics: Five;
}

export function fiveOf(history: History, window: Window, bots?: Bots): Five {
  return {
    deploymentFrequency: deploymentFrequency(history, window),
    leadTime: leadTime(history, window, bots),
    recoveryTime: recoveryTime(history, window),
    changeFailRate: changeFailRate(history, window),
    reworkRate: reworkRate(history, window),
  };
}

/** The five of each interval that has begun, those without events too. */
export function seriesOf(
  history: History,
  window: Window,
  bots?: Bots,
): Point[] {
  return intervalsOf(past(window, history.now)).map(interval => ({
    ...interval,
    metrics: fiveOf(
      history,
      { ...window, from: interval.from, to: interval.to },
      bots,
    ),
  }));
}
