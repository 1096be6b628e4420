import { EXEMPTION_MAX_DAYS } from '@waymark/backstage-plugin-compliance-common';
import { dayWords } from '@waymark/backstage-plugin-insights-react';
import { addDays } from '../time';

/** The last day that may be asked for. */
export const lastDayFrom = (today: string) =>
  addDays(today, EXEMPTION_MAX_DAYS);

/** Why an exemption cannot last until that day; nothing where it can. */
export function dayProblem(until: string, today: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until)) return 'Choose the last day.';
  if (until < today) return 'The last day is over.';
  const last = lastDayFrom(today);
  return until > last
    ? `An exemption lasts ${EXEMPTION_MAX_DAYS} days at most: ${dayWords(
        last,
      )} or earlier.`
    : undefined;
}
