/** A day in UTC, `2026-12-31`. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The day so many days later; earlier, where negative. */
export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return dayOf(at);
}

/** Whether it is a day of the calendar. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && dayOf(at) === text;
}
