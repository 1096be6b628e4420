import { Knex } from 'knex';

const SECOND = 1_000;
const LONGEST_REST = 120 * SECOND;
/** Events in the last second from which on it is a burst. */
const BURST = 50;

/** How much comes in at the moment, and so how much is left to be done later. */
export class Pace {
  private readonly counted = [0, 0];
  private second = 0;

  /** One came in. */
  count(): void {
    this.turn();
    this.counted[0] += 1;
  }

  get isBurst(): boolean {
    this.turn();
    return Math.max(...this.counted) >= BURST;
  }

  /**
   * How long, in milliseconds, what was made in `took` is left as it is: what comes
   * meanwhile is then done together, and what is large does not take the time of all
   * others.
   */
  restAfter(took: number): number {
    const least = this.isBurst ? 2 * SECOND : 0;
    return Math.min(Math.max(4 * took, least), LONGEST_REST);
  }

  private turn() {
    const now = Math.floor(Date.now() / SECOND);
    if (now === this.second) return;
    this.counted[1] = now === this.second + 1 ? this.counted[0] : 0;
    this.counted[0] = 0;
    this.second = now;
  }
}

/** An instant of the database, so many milliseconds from now. */
export function after(knex: Knex, ms: number): Knex.Raw {
  return knex.raw(`now() + ? * interval '1 millisecond'`, [Math.round(ms)]);
}
