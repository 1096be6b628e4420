const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** Two digits that matter are enough to compare by; more would say too much. */
const number = (value: number) =>
  value >= 10 ? String(Math.round(value)) : NUMBER.format(value);

/** `1 deployment`, `2 deployments`. */
export const count = (value: number, one: string, many = `${one}s`) =>
  `${value.toLocaleString('en-GB')} ${value === 1 ? one : many}`;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: [unit: string, seconds: number][] = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

/** `45 seconds`, `3.2 hours`, `12 days`. */
export function durationWords(seconds: number): string {
  const [unit, length] = UNITS.find(([, least]) => seconds >= least) ?? [];
  if (!unit || !length) return count(Math.round(seconds), 'second');
  const value = number(seconds / length);
  return `${value} ${unit}${value === '1' ? '' : 's'}`;
}

/** `45 s`, `3.2 h`, `12 d`: for an axis. */
export function durationMark(seconds: number): string {
  if (seconds === 0) return '0';
  const [value, unit] = durationWords(seconds).split(' ');
  return `${value} ${unit.startsWith('minute') ? 'min' : unit[0]}`;
}

/** `3.2 a day`, `4 a week`, `1.5 in 30 days`. */
export function frequencyWords(perDay: number): string {
  if (perDay >= 1) return `${number(perDay)} a day`;
  if (perDay >= 1 / 7) return `${number(7 * perDay)} a week`;
  return `${number(30 * perDay)} in 30 days`;
}

/** `5.6 %`; the space does not break. */
export const shareWords = (share: number) => `${number(100 * share)}\u00a0%`;
