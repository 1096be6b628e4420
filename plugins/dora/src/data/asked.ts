import {
  BOTS,
  Bots,
  COHORTS,
  INTERVALS,
  IntervalUnit,
} from '@waymark/backstage-plugin-dora-common';
import { MetricsQuery, ScopeQuery, WindowQuery } from '../api/DoraApi';
import { addDays, dayIn, daysBetween, isTimeZone, ownTimeZone } from '../time';

/** Windows that end today, in days. */
export const PRESETS = [30, 90, 180] as const;
export const USUAL_DAYS = 90;

/** What the address says, key by key. */
export type Query = Readonly<Record<string, string>>;

/** Sets what is given, and takes out what is undefined. */
export type Change = (changes: Record<string, string | undefined>) => void;

/** What a page asks for. */
export interface Asked {
  scope: ScopeQuery;
  window: WindowQuery;
  interval: IntervalUnit;
  bots: Bots;
  /** Of the window, by the calendar. */
  days: number;
  /** Undefined where two days were chosen. */
  preset?: number;
}

const oneOf = <T extends string>(
  values: readonly T[],
  value: string | undefined,
): T | undefined => values.find(one => one === value);

const isDay = (text?: string): text is string =>
  /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') && !isNaN(Date.parse(text!));

function windowOf(query: Query, timeZone: string, now: Date) {
  const { from, to } = query;
  // The address has the last day as people say it; the backend wants the one after.
  if (isDay(from) && isDay(to) && from <= to) {
    return { from, to: addDays(to, 1) };
  }
  const preset = PRESETS.find(days => String(days) === query.days);
  const days = preset ?? USUAL_DAYS;
  const end = addDays(dayIn(timeZone, now), 1);
  return { from: addDays(end, -days), to: end, preset: days };
}

/** One scope at most; the narrowest that is given. */
function scopeOf(query: Query): ScopeQuery {
  if (query.component) return { entityRef: query.component };
  if (query.system) return { system: query.system };
  if (query.owner) return { owner: query.owner };
  const cohort = oneOf(COHORTS, query.cohort);
  return cohort ? { cohort } : {};
}

/** Reads the address; what nobody can ask for is left out. */
export function askedOf(query: Query, now = new Date()): Asked {
  const timeZone =
    query.timeZone && isTimeZone(query.timeZone)
      ? query.timeZone
      : ownTimeZone();
  const { preset, ...edges } = windowOf(query, timeZone, now);
  const days = daysBetween(edges.from, edges.to);
  return {
    scope: scopeOf(query),
    window: { ...edges, timeZone },
    interval: oneOf(INTERVALS, query.interval) ?? (days > 45 ? 'week' : 'day'),
    bots: oneOf(BOTS, query.bots) ?? 'apart',
    days,
    preset,
  };
}

export const metricsQuery = ({
  scope,
  window,
  interval,
  bots,
}: Asked): MetricsQuery => ({ ...scope, ...window, interval, bots });

/** The same address for somebody elsewhere, and for later: nothing is implied. */
export function fixedQuery(query: Query, asked: Asked): Record<string, string> {
  const { days: _, ...kept } = query;
  return {
    ...kept,
    from: asked.window.from,
    to: addDays(asked.window.to, -1),
    timeZone: asked.window.timeZone,
    interval: asked.interval,
  };
}
