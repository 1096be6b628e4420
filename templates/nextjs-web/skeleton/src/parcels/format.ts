const DATE_AND_TIME: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
};

/** An instant as people at the destination read it. */
export function formatInstant(at: string, timeZone: string): string {
  return formatter(timeZone).format(new Date(at));
}

/** A span of time; what both ends share is said once. */
export function formatWindow(
  from: string,
  until: string,
  timeZone: string,
): string {
  return formatter(timeZone).formatRange(new Date(from), new Date(until));
}

function formatter(timeZone: string) {
  return new Intl.DateTimeFormat('en-GB', { ...DATE_AND_TIME, timeZone });
}
