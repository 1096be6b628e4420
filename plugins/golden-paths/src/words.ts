import {
  AdoptionAnswer,
  Phase,
  Position,
  Standing,
} from '@waymark/backstage-plugin-golden-paths-common';

const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** `1 service`, `2 services`. */
export const count = (value: number, one: string, many = `${one}s`) =>
  `${value.toLocaleString('en-GB')} ${value === 1 ? one : many}`;

type Share = AdoptionAnswer['share'];

/** `67 %`, or that there is nothing to take a share of. */
export const shareWords = ({ value }: Pick<Share, 'value'>) =>
  value === null ? 'No data' : `${Math.round(100 * value)}\u00a0%`;

/** What the share was made of: `2 of 3 services`. */
export const basisWords = ({ golden, n }: Share) =>
  n === 0 ? 'no new service' : `${golden} of ${count(n, 'service')}`;

const UNITS: [unit: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `45 seconds`, `3.2 hours`. */
export function durationWords(seconds: number | null): string {
  if (seconds === null) return 'No data';
  const [unit, length] = UNITS.find(([, least]) => seconds >= least) ?? [
    'second',
    1,
  ];
  const value = seconds / length;
  const text = value >= 10 ? String(Math.round(value)) : NUMBER.format(value);
  return `${text} ${unit}${text === '1' ? '' : 's'}`;
}

export const STANDING_WORDS: Record<Standing, string> = {
  behind: 'Behind',
  current: 'Up to date',
  ahead: 'Ahead of its template',
  unknown: 'Not known',
};

/** `2 versions behind`, `Up to date`. */
export const positionWords = ({ standing, behind }: Position) =>
  standing === 'behind' && behind
    ? `${count(behind, 'version')} behind`
    : STANDING_WORDS[standing];

export const PHASE_WORDS: Record<Phase, string> = {
  active: 'Active',
  deprecated: 'Deprecated',
  sunset: 'Past its sunset',
};

/** `31 March 2027`. */
export const dayWords = (day: string) =>
  new Date(`${day.slice(0, 10)}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });

/** `October 2026`. */
export const monthWords = (month: string) =>
  new Date(`${month}-15T12:00:00Z`).toLocaleDateString('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
