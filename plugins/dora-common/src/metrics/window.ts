import { DateTime, IANAZone } from 'luxon';
import { Millis } from './instants';

export const INTERVALS = ['day', 'week', 'month'] as const;
export type IntervalUnit = (typeof INTERVALS)[number];

/** More points than that are no chart. */
export const MAX_INTERVALS = 1000;

/** Half-open: `from` belongs to it, `to` does not. */
export interface Window {
  from: Millis;
  to: Millis;
  /** IANA name: whose days, weeks and months are meant. */
  timeZone: string;
  interval: IntervalUnit;
}

/** A day, an ISO week or a month, cut off at the window's edges. */
export interface Interval {
  /** `2026-03-29`, `2026-W13` or `2026-03`. */
  label: string;
  from: Millis;
  to: Millis;
  /** Whether the window's edge cuts it off. */
  partial: boolean;
}

const LABELS = { day: 'yyyy-MM-dd', week: "kkkk-'W'WW", month: 'yyyy-MM' };

export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/**
 * An instant with an offset, or a day, which means its first moment in the time
 * zone. Undefined where it is neither.
 */
export function parseEdge(text: string, timeZone: string): Millis | undefined {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!day && !/(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const at = DateTime.fromISO(text, { zone: timeZone });
  if (!at.isValid) return undefined;
  return (day ? at.startOf('day') : at).toMillis();
}

/** The window as far as it has happened. */
export function past(window: Window, now: Millis): Window {
  return { ...window, to: Math.max(window.from, Math.min(window.to, now)) };
}

/** The window of the same length in calendar days that ends where this begins. */
export function before(window: Window): Window {
  const from = zoned(window, window.from);
  const days = zoned(window, window.to).diff(from, 'days').days;
  return { ...window, from: from.minus({ days }).toMillis(), to: window.from };
}

/** Calendar days: one where clocks change counts as one, with 23 or 25 hours. */
export function daysOf(window: Window): number {
  return zoned(window, window.to).diff(zoned(window, window.from), 'days').days;
}

/** All intervals that the window touches, in order, those without events too. */
export function intervalsOf(
  window: Window,
  unit: IntervalUnit = window.interval,
): Interval[] {
  const intervals: Interval[] = [];
  if (window.to <= window.from) return intervals;
  let start = zoned(window, window.from).startOf(unit);
  while (start.toMillis() < window.to) {
    // Twice to the start: where midnight is skipped, a day begins at 01:00.
    const end = start.plus({ [unit]: 1 }).startOf(unit);
    const from = Math.max(start.toMillis(), window.from);
    const to = Math.min(end.toMillis(), window.to);
    intervals.push({
      label: start.toFormat(LABELS[unit]),
      from,
      to,
      partial: from !== start.toMillis() || to !== end.toMillis(),
    });
    start = end;
  }
  return intervals;
}

function zoned({ timeZone }: Window, millis: Millis): DateTime {
  return DateTime.fromMillis(millis, { zone: timeZone, locale: 'en' });
}
