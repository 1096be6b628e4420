const DAY_MS = 24 * 60 * 60 * 1000;

/** The day in UTC, `2026-12-31`. */
export const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** So many days later. */
export const addDays = (day: string, days: number) =>
  dayOf(new Date(Date.parse(day) + days * DAY_MS));

/** How many days after today it is; before it, a negative number. */
export const daysUntil = (day: string, today = dayOf(new Date())) =>
  Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);

const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** `3 hours ago`. */
export function ago(instant: string, now = Date.now()): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  const step = STEPS.find(([, length]) => Math.abs(seconds) >= length);
  if (!step) return 'just now';
  return RELATIVE.format(Math.round(seconds / step[1]), step[0]);
}

/** `in 12 days`, `tomorrow`. */
export const inDays = (days: number) => RELATIVE.format(days, 'day');

const WHEN = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

/** Date and time where the reader is. */
export const when = (instant: string) => WHEN.format(Date.parse(instant));
