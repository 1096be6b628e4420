import { addDays } from '../database/time';

/** A reason to remind owners. */
export interface Occasion {
  /** The same on every replica and every round. */
  name: string;
  why: string;
}

/** How many days before the deadline owners are reminded. */
const DAYS_BEFORE = [14, 7, 1];

/**
 * What owners are to be told of by a day: the latest of the start and the days
 * before the deadline, so that what was missed is not told late beside it. A
 * deadline that was moved has days of its own.
 */
export function occasionOn(
  today: string,
  { started, deadline }: { started: string; deadline: string },
): Occasion | undefined {
  if (today > deadline) return undefined;
  const reached = DAYS_BEFORE.filter(days => {
    const day = addDays(deadline, -days);
    return day > started && day <= today;
  });
  if (reached.length === 0) return { name: 'start', why: 'Campaign started' };
  const nearest = Math.min(...reached);
  const left = Math.round(
    (Date.parse(deadline) - Date.parse(today)) / 86_400_000,
  );
  return { name: `${deadline}:${nearest}`, why: words(left) };
}

function words(days: number): string {
  if (days === 0) return 'Last day';
  return days === 1 ? '1 day left' : `${days} days left`;
}
