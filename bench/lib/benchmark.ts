/**
 * Measures Waymark and stock, reports both, and says whether the targets are
 * reached.
 */
export type Benchmark = (options: {
  /** How often to measure, instead of the benchmark's own number. */
  runs?: number;
}) => Promise<boolean>;

/** Says what goes on, on a line of its own. */
export function say(text: string) {
  process.stdout.write(`  ${text}\n`);
}
