import { History } from '@waymark/backstage-plugin-compliance-common';
import { Visible } from '../visible';

/** Whose history. */
export type Scope =
  | { kind: 'component'; ref: string }
  | { kind: 'owner' | 'system'; ref: string }
  | { kind: 'all' };

/** Scores of past days. */
export interface HistoryStore {
  /** Keeps how everything stands now as the state of today. */
  record(): Promise<void>;
  /**
   * A point for each of the last days that is known, today's as of now. Of a
   * group, what those components add up to that the caller may see.
   */
  points(
    scope: Scope,
    days: number,
    visible: Visible,
  ): Promise<History['points']>;
  /** Forgets days and changes that nobody is shown any more. */
  prune(): Promise<void>;
}
