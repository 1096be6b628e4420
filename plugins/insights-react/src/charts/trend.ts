/** A value of a day; none where nothing was measured. */
export type TrendPoint = {
  /** `2026-12-31`. */
  day: string;
  value?: number;
};

/** A point with its place, both from 0 to 1, up and to the right. */
export type PlacedPoint = { day: string; value: number; x: number; y: number };

/**
 * Where the known points stand. Days count by the calendar, so that a gap in the
 * measurements is as wide as it was long.
 *
 * @param days - first and last of the axis; those of the known points if left out
 */
export function placePoints(
  points: readonly TrendPoint[],
  [low, high]: readonly [number, number],
  days?: readonly [first: string, last: string],
): PlacedPoint[] {
  const known = points.filter(
    (point): point is Required<TrendPoint> => point.value !== undefined,
  );
  if (known.length === 0) return [];
  const times = known.map(({ day }) => Date.parse(day));
  const first = days ? Date.parse(days[0]) : Math.min(...times);
  const last = days ? Date.parse(days[1]) : Math.max(...times);
  const span = last - first;
  return known.map(({ day, value }, index) => ({
    day,
    value,
    x: span === 0 ? 0.5 : (times[index] - first) / span,
    y: high === low ? 0.5 : (value - low) / (high - low),
  }));
}

/** The known point nearest to a place from left (0) to right (1). */
export function nearest(
  points: readonly PlacedPoint[],
  x: number,
): PlacedPoint | undefined {
  return points.reduce<PlacedPoint | undefined>(
    (best, point) =>
      best && Math.abs(best.x - x) <= Math.abs(point.x - x) ? best : point,
    undefined,
  );
}

const DAY = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `31 Dec 2026`, as the browser's language has it. */
export const dayWords = (day: string) => DAY.format(Date.parse(day));
