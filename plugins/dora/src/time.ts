const DAY_MS = 24 * 60 * 60 * 1000;

/** So many days later, by the calendar. */
export const addDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days lie between, by the calendar. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** The day it is there, `2026-12-31`. */
export function dayIn(timeZone: string, at: Date | string | number): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(typeof at === 'string' ? Date.parse(at) : at);
  const part = (type: string) => parts.find(one => one.type === type)?.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The time zone of the browser. */
export const ownTimeZone = () =>
  new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-GB', { timeZone: name }));
  } catch {
    return false;
  }
}

/** Date and time in a time zone: `3 Nov 2026, 14:05`. */
export const when = (instant: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(Date.parse(instant));

/** `3 Nov 2026`. */
export const dayWords = (day: string) =>
  new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeZone: 'UTC',
  }).format(Date.parse(day));

const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const RELATIVE = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

/** `3 hours ago`. */
export function ago(instant: string, now = Date.now()): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  const step = STEPS.find(([, length]) => Math.abs(seconds) >= length);
  if (!step) return 'just now';
  return RELATIVE.format(Math.round(seconds / step[1]), step[0]);
}
