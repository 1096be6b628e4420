/** How much there was to do on a day, and how much of it was done. */
export type BurnUpPoint = { day: string; all: number; done: number };

/**
 * How much has to be done at the end of a day for all to be done on the last one,
 * evenly from what was done on the first.
 */
export function neededOn(
  day: string,
  points: readonly BurnUpPoint[],
  until: string,
): number {
  const [first] = points;
  const { all } = points[points.length - 1];
  const from = Date.parse(first.day);
  const span = Date.parse(until) - from;
  const share = span > 0 ? (Date.parse(day) - from) / span : 1;
  return Math.ceil(first.done + (all - first.done) * Math.min(1, share));
}
