import { RawAnswer, RawReport } from './PolicyEngine';

/** How many time limits a component may use up. */
const MOST_TIME_OUTS = 3;

/** A rule that was still at work when its time was over. */
export class TimeOut extends Error {}

/**
 * Asks rule by rule, so that a broken one costs only its own answer. Rules that
 * hang are waited for a few times and no more.
 */
export async function askOneByOne(
  rules: readonly string[],
  ask: (rule: string) => Promise<RawAnswer>,
): Promise<RawReport> {
  const answers: [string, RawAnswer][] = [];
  let timeOuts = 0;
  for (const rule of rules) {
    if (timeOuts >= MOST_TIME_OUTS) {
      const error = `Not asked: ${timeOuts} other rules ran out of time.`;
      answers.push([rule, { error }]);
      continue;
    }
    try {
      answers.push([rule, await ask(rule)]);
    } catch (error) {
      if (error instanceof TimeOut) timeOuts += 1;
      answers.push([rule, { error: (error as Error).message }]);
    }
  }
  return Object.fromEntries(answers);
}
