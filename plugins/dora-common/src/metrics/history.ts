import { Facts } from '../facts';
import { byTime, Millis } from './instants';
import { MetricRows, RolloutRow, rowsOf } from './rows';

/** What a company can decide about how its facts are counted. */
export interface MetricOptions {
  /** Regions that begin later than that after the first are another deployment. */
  rolloutHours: number;
  /**
   * Whether a failed or mended deployment without an incident is over with the
   * next success; otherwise only incidents have a recovery time.
   */
  recoverWithoutIncident: boolean;
}

export const DEFAULT_OPTIONS: MetricOptions = {
  rolloutHours: 24,
  recoverWithoutIncident: true,
};

/** A rollout that needed immediate intervention. */
export type FailedRollout = RolloutRow & Required<Pick<RolloutRow, 'failure'>>;

/** Rows in order, so that each metric of each interval only looks at its part. */
export interface History extends MetricRows {
  now: Millis;
  /** Failures that count for the recovery time, over or not. */
  recoverable: FailedRollout[];
  /** Those that are over, by when. */
  recoveries: { id: string; at: Millis; rollout: FailedRollout }[];
}

/** The history that facts of all time tell. */
export function historyOf(
  facts: Facts,
  now: Millis,
  options: MetricOptions = DEFAULT_OPTIONS,
): History {
  return historyOfRows(rowsOf(facts, now, options.rolloutHours), now, options);
}

/**
 * The history of rows that were stored. For a window it needs those whose `at` lies
 * in it, and each failure that lasted in it: not over before `from`, and begun, or
 * by a wrong clock over, before `to`.
 */
export function historyOfRows(
  rows: MetricRows,
  now: Millis,
  {
    recoverWithoutIncident,
  }: Pick<MetricOptions, 'recoverWithoutIncident'> = DEFAULT_OPTIONS,
): History {
  const recoverable = rows.rollouts
    .filter(hasFailed)
    .filter(
      ({ failure }) => recoverWithoutIncident || failure.reason === 'incident',
    );
  return {
    ...rows,
    now,
    recoverable,
    recoveries: recoverable
      .flatMap(rollout => {
        const at = rollout.failure.recoveredAt;
        return at === undefined ? [] : [{ id: rollout.id, at, rollout }];
      })
      .sort(byTime),
  };
}

export function hasFailed(row: RolloutRow): row is FailedRollout {
  return row.failure !== undefined;
}
