import { Millis } from './instants';
import { daysOf, Interval, intervalsOf, past, Window } from './window';

/** What has happened of a window, and its days and weeks. */
export interface Calendar {
  happened: Window;
  /** Calendar days. */
  days: number;
  /** ISO weeks that lie wholly in it, in order. */
  weeks: Interval[];
}

export function calendarOf(window: Window, now: Millis): Calendar {
  const happened = past(window, now);
  return {
    happened,
    days: daysOf(happened),
    weeks: intervalsOf(happened, 'week').filter(({ partial }) => !partial),
  };
}
