const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60 * 1000;

/**
 * When each commit was made: at a time of a working day, the given number of
 * days before `now`, strictly ascending and never after `now`.
 *
 * @param daysAgo - whole days, at least 1, not ascending
 * @param seed - makes two repositories differ in their times of day
 */
export function commitDates(
  daysAgo: number[],
  now: Date,
  seed: string,
): Date[] {
  const midnight = Math.floor(now.getTime() / DAY) * DAY;
  let previous = -Infinity;
  return daysAgo.map((days, index) => {
    const day = workingDay(midnight - days * DAY);
    const minutes = 8 * 60 + (hash(`${seed}/${index}`) % (9 * 60));
    // Two commits may fall on one day, in either order by their hash.
    const time = Math.max(day + minutes * MINUTE, previous + 17 * MINUTE);
    previous = time;
    return new Date(time);
  });
}

function workingDay(midnight: number): number {
  const weekday = new Date(midnight).getUTCDay();
  if (weekday === 6) {
    return midnight - DAY;
  }
  return weekday === 0 ? midnight - 2 * DAY : midnight;
}

/** FNV-1a with a final mix: the same everywhere, and near texts lie far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) {
    value = Math.imul(value ^ char.charCodeAt(0), 0x01000193) >>> 0;
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
