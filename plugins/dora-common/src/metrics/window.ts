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

/** Of each kind; then they are forgotten. */
const MOST = 10_000;
const knownDays = new Map<string, number>();
const knownWholes = new Map<string, Whole>();

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
  const { from, to, timeZone } = window;
  return remembered(
    knownDays,
    `${timeZone} ${from} ${to}`,
    () => zoned(window, to).diff(zoned(window, from), 'days').days,
  );
}

/** All intervals that the window touches, in order, those without events too. */
export function intervalsOf(
  window: Window,
  unit: IntervalUnit = window.interval,
): Interval[] {
  const intervals: Interval[] = [];
  if (window.to <= window.from) return intervals;
  let start = zoned(window, window.from).startOf(unit).toMillis();
  while (start < window.to) {
    const { label, end } = wholeFrom(window, unit, start);
    const from = Math.max(start, window.from);
    const to = Math.min(end, window.to);
    const partial = from !== start || to !== end;
    intervals.push({ label, from, to, partial });
    start = end;
  }
  return intervals;
}

/** A day, an ISO week or a month that is not cut off. */
interface Whole {
  label: string;
  end: Millis;
}

function wholeFrom(window: Window, unit: IntervalUnit, begin: Millis): Whole {
  return remembered(knownWholes, `${window.timeZone} ${unit} ${begin}`, () => {
    const start = zoned(window, begin);
    // Twice to the start: where midnight is skipped, a day begins at 01:00.
    const end = start.plus({ [unit]: 1 }).startOf(unit);
    return { label: start.toFormat(LABELS[unit]), end: end.toMillis() };
  });
}

/** Calendars are slow, and the same weeks are asked for again and again. */
function remembered<T>(
  known: Map<string, T>,
  key: string,
  compute: () => T,
): T {
  let value = known.get(key);
  if (value === undefined) {
    value = compute();
    if (known.size >= MOST) known.clear();
    known.set(key, value);
  }
  return value;
}

function zoned({ timeZone }: Window, millis: Millis): DateTime {
  return DateTime.fromMillis(millis, { zone: timeZone, locale: 'en' });
}
