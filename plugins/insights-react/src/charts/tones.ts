/** What a part of a chart says: a colour of the theme, never the only sign. */
export type Tone = 'positive' | 'negative' | 'warning' | 'info' | 'neutral';

/** Steps of a scale from 0 to 100, lowest first, as their legend has them. */
export const SCORE_STEPS = [
  { from: 0, to: 39 },
  { from: 40, to: 59 },
  { from: 60, to: 79 },
  { from: 80, to: 99 },
  { from: 100, to: 100 },
] as const;

/** Which of {@link SCORE_STEPS} a score is on; a fraction counts downwards. */
export function stepOf(score: number): number {
  const step = SCORE_STEPS.findIndex(({ to }) => Math.floor(score) <= to);
  return step < 0 ? SCORE_STEPS.length - 1 : step;
}
