import { setTimeout as delay } from 'node:timers/promises';
import { Answer, Replica } from './Replica';

/** All of them are in it, and nothing that had happened before. */
const WINDOW = 'from=2026-10-02&to=2026-11-20&interval=week&timeZone=UTC';
const EVERY_MS = 500;
const LOOK_MS = 200;

/** Of what happens now: the service that it is of, and how it is told. */
export interface Happening {
  entityRef: string;
  tell(replica: Replica): Promise<Answer>;
}

/**
 * Deployments that happen at a steady pace, told to one replica and looked for at the
 * other, until its metrics count them.
 */
export class Live {
  /** How long each took to be counted. */
  readonly seconds: number[] = [];
  readonly refused: number[] = [];
  private readonly told = new Map<string, number>();
  private readonly looking: Promise<void>[] = [];
  private readonly telling: Promise<void>;
  private isOver = false;

  constructor(
    private readonly replicas: readonly Replica[],
    /** What happens, one after the other; each is counted as a deployment. */
    private readonly happens: (i: number) => Happening,
  ) {
    this.telling = this.tell();
  }

  /** Ends when all that was told is counted. */
  async end(): Promise<void> {
    this.isOver = true;
    await this.telling;
    await Promise.all(this.looking);
  }

  /** What that share of them does not exceed, in seconds. */
  at(share: number): number {
    const sorted = [...this.seconds].sort((a, b) => a - b);
    return sorted[Math.ceil(sorted.length * share) - 1];
  }

  private async tell(): Promise<void> {
    for (let i = 0; !this.isOver; i += 1) {
      const { entityRef, tell } = this.happens(i);
      const nth = (this.told.get(entityRef) ?? 0) + 1;
      this.told.set(entityRef, nth);
      const begun = performance.now();
      const [one, other] = [i % 2, (i + 1) % 2].map(n => this.replicas[n]);
      const { status } = await tell(one);
      if (status !== 202) this.refused.push(status);
      else this.looking.push(this.look(other, entityRef, nth, begun));
      await delay(EVERY_MS);
    }
  }

  private async look(
    replica: Replica,
    entityRef: string,
    nth: number,
    begun: number,
  ): Promise<void> {
    for (;;) {
      const answer = await replica.get(
        `/metrics?entityRef=${entityRef}&${WINDOW}`,
      );
      if (answer.json().metrics?.deploymentFrequency.n >= nth) break;
      await delay(LOOK_MS);
    }
    this.seconds.push((performance.now() - begun) / 1_000);
  }
}
