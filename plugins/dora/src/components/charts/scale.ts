const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const EVEN = [2, 4, 6, 8, 10];

/**
 * The top of an axis that begins at 0: even in its unit, so that half way up there
 * is a whole number too.
 */
export function topOf(values: readonly (number | undefined)[], unit = 1) {
  const most = Math.max(0, ...values.map(value => value ?? 0)) / unit;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most))));
  const top = EVEN.map(step => step * power).find(step => step >= most);
  return (top ?? 20 * power) * unit;
}

/** In which unit durations up to this one are read. */
export function durationUnit(values: readonly (number | undefined)[]): number {
  const most = Math.max(0, ...values.map(value => value ?? 0));
  return [DAY, HOUR, MINUTE].find(unit => most >= 2 * unit) ?? 1;
}
