import { TemplateAnswer } from '@waymark/backstage-plugin-golden-paths-common';

/** What somebody assumes; all of it stands in the address of the page. */
export interface Assumptions {
  /** Minutes saved each time, by template, where others than the stated. */
  minutes: ReadonlyMap<string, number>;
  /** Of creations that are counted, in percent: not all save the work. */
  counted: number;
  /** Of an hour of work, in whatever currency. */
  cost?: number;
}

/** One golden path, with what is assumed of it. */
export interface SavedRow {
  templateRef: string;
  title: string;
  /** Services that it made. */
  n: number;
  /** Stated by the template; undefined where it states none. */
  stated?: number;
  /** Assumed for one creation. */
  minutes: number;
  hours: number;
}

export interface Saved {
  rows: SavedRow[];
  hours: number;
  /** None where no cost is assumed. */
  worth?: number;
}

const MOST_MINUTES = 100_000;
const MOST_COST = 100_000;

function numberOf(text: string | undefined, most: number) {
  const value = Number(text);
  const isNumber = text !== undefined && text.trim() !== '';
  return isNumber && value >= 0 && value <= most ? value : undefined;
}

/** As the address has them; what is none is left out. */
export function readAssumptions(
  query: Readonly<Record<string, string>>,
): Assumptions {
  const minutes = new Map<string, number>();
  for (const part of (query.minutes ?? '').split(',')) {
    const [ref, text] = part.split('*');
    const value = numberOf(text, MOST_MINUTES);
    if (ref && value !== undefined) minutes.set(ref, value);
  }
  const cost = numberOf(query.cost, MOST_COST);
  return {
    minutes,
    counted: numberOf(query.counted, 100) ?? 100,
    ...(cost !== undefined && { cost }),
  };
}

/** As the address has the minutes; undefined where all are as stated. */
export function writeMinutes(
  minutes: ReadonlyMap<string, number>,
): string | undefined {
  const parts = [...minutes].map(([ref, value]) => `${ref}*${value}`);
  return parts.length > 0 ? parts.join(',') : undefined;
}

/** Services made x minutes each x the part that is counted. */
export function savedBy(
  templates: readonly TemplateAnswer[],
  { minutes, counted, cost }: Assumptions,
): Saved {
  const rows = templates.map(({ templateRef, title, timeSaved }) => {
    const stated =
      timeSaved.perCreation === null ? undefined : timeSaved.perCreation / 60;
    const each = minutes.get(templateRef) ?? stated ?? 0;
    return {
      templateRef,
      title,
      n: timeSaved.n,
      ...(stated !== undefined && { stated }),
      minutes: each,
      hours: (timeSaved.n * each * counted) / 100 / 60,
    };
  });
  const hours = rows.reduce((sum, row) => sum + row.hours, 0);
  return { rows, hours, ...(cost !== undefined && { worth: hours * cost }) };
}
