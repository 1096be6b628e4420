import { SampleComponent } from '../schema';
import { Random } from './random';
import { Rhythm } from './rhythms';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** How far back a whole history goes. */
export const DAYS = 182;

/** When something leaves. */
export interface Departure {
  at: number;
  /** When the one before left. */
  since: number;
  /** How much of the six months has gone, 0 to 1. */
  progress: number;
}

/**
 * When a component's releases leave: on working days, by day.
 *
 * @param reach - how many days back
 */
export function calendar(
  random: Random,
  rhythm: Rhythm,
  { history }: Pick<SampleComponent, 'history'>,
  now: number,
  reach = DAYS,
): Departure[] {
  const today = Math.floor(now / DAY) * DAY;
  const first = today - Math.min(reach, history[0].daysAgo - 3) * DAY;
  const days = Array.from(
    { length: Math.round((today - first) / DAY) + 1 },
    (_, index) => first + index * DAY,
  ).filter(day => isWorkday(day) && !isFrozen(day, today, rhythm));
  const times = days.flatMap(day => timesOf(random, rhythm, day, now));
  return times.map((at, index) => ({
    at,
    since: times[index - 1] ?? at - WEEK,
    progress: 1 - (now - at) / (DAYS * DAY),
  }));
}

function isWorkday(day: number): boolean {
  const weekday = new Date(day).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

function isFrozen(day: number, today: number, { frozenWeeks }: Rhythm) {
  const week = Math.floor((today - day) / WEEK);
  return frozenWeeks?.includes(week) ?? false;
}

function timesOf(
  random: Random,
  { perWeek }: Rhythm,
  day: number,
  now: number,
): number[] {
  const hour = () => day + random.between(8, 16) * HOUR;
  if (perWeek >= 2) {
    // Fewer on Fridays, more in the middle of the week.
    const share = [0, 0.18, 0.23, 0.24, 0.22, 0.13][new Date(day).getUTCDay()];
    const count = random.count(perWeek * share * random.between(0.6, 1.4));
    return Array.from({ length: count }, hour).sort((a, b) => a - b);
  }
  const isTheDay = new Date(day).getUTCDay() === 2;
  const every = Math.max(1, Math.round(1 / perWeek));
  // Counted from today, so that each history has its last one within its interval.
  const week = Math.floor((now - day) / WEEK);
  return isTheDay && week % every === 0 ? [hour()] : [];
}
