/** A crash of this age no longer counts, in milliseconds. */
const WINDOW_MS = 60_000;
/** With this many crashes in the window another start would not help. */
const LIMIT = 3;

/** Decides whether a process that ended by itself is started again. */
export class Crashes {
  private times: number[] = [];

  /**
   * Counts a crash.
   *
   * @param now - milliseconds since the epoch
   * @returns false at the third crash within a minute
   */
  isWorthAnotherStart(now: number): boolean {
    this.times = [...this.times.filter(time => now - time < WINDOW_MS), now];
    return this.times.length < LIMIT;
  }
}
