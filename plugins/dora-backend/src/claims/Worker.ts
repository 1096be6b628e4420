import { setTimeout as delay } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Claim, Claims } from './Claims';

/** How a worker goes about it. */
export interface Job<Row extends object> {
  /** In messages. */
  name: string;
  claims: Claims<Row>;
  /** Rows that are done together. */
  batch: number;
  /** Batches that are done at the same time, where one is not enough. */
  lanes: number;
  /**
   * One lane prefers what happens now; the others do what waits the longest, so that
   * neither has to wait for the other.
   */
  liveFirst?: boolean;
  /** Milliseconds that it waits for more when it is woken. */
  gatherMs?: number;
  /** Milliseconds that a lane rests after a batch, by how long that took. */
  rest?(took: number): number;
  /** Does what is claimed, and writes it under the claims' lock. */
  do(claims: (Claim & Row)[], signal: AbortSignal): Promise<void>;
}

const RENEW_MS = 10_000;
const RETRY_SECONDS = [1, 5, 30, 120, 600];

/** Does what is due; any number of them share it. */
export class Worker<Row extends object> {
  private readonly stopping = new AbortController();
  private running?: Promise<void>;
  private again = false;
  private gathering?: NodeJS.Timeout;

  constructor(
    /** Of this process, among all replicas. */
    private readonly name: string,
    private readonly job: Job<Row>,
    private readonly logger: LoggerService,
  ) {}

  /** Works until nothing is due, also of what came meanwhile. */
  drain(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.rounds().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** Begins soon, and is not waited for. */
  wake(afterMs = this.job.gatherMs ?? 0): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      this.drain().catch(error =>
        this.logger.warn(`${this.job.name}: not done yet`, error),
      );
    }, afterMs);
  }

  /** Ends what is under way; others take it over. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.gathering);
    await this.running?.catch(() => {});
  }

  private async rounds(): Promise<void> {
    do {
      this.again = false;
      await this.lane(1);
    } while (this.again && !this.stopping.signal.aborted);
  }

  /** Others help as soon as there is more than it can take. */
  private async lane(number: number): Promise<void> {
    const { claims, batch, lanes, liveFirst } = this.job;
    const first = liveFirst && number === 1 ? 'live' : 'longest';
    let help: Promise<void> | undefined;
    while (!this.stopping.signal.aborted) {
      const begun = performance.now();
      const taken = await claims.take(this.name, batch, first);
      const isAll = taken.length < batch;
      if (!isAll && number < lanes) {
        help ??= this.lane(number + 1);
        help.catch(() => {});
      }
      if (taken.length > 0) await this.attempt(taken);
      if (isAll) break;
      await this.pause(performance.now() - begun);
    }
    await help;
  }

  private async pause(took: number): Promise<void> {
    const ms = this.job.rest?.(took) ?? 0;
    if (ms === 0) return;
    const { signal } = this.stopping;
    await delay(ms, undefined, { signal }).catch(() => {});
  }

  private async attempt(taken: (Claim & Row)[]): Promise<void> {
    const { claims, name } = this.job;
    const renewal = setInterval(() => {
      claims
        .renew(taken)
        .catch(error => this.logger.warn(`${name}: no new lease`, error));
    }, RENEW_MS);
    try {
      await this.job.do(taken, this.stopping.signal);
    } catch (error) {
      await this.giveUp(taken, error as Error);
    } finally {
      clearInterval(renewal);
    }
  }

  /** One that breaks a batch is done alone, and breaks only itself. */
  private async giveUp(taken: (Claim & Row)[], error: Error): Promise<void> {
    const { claims, name } = this.job;
    if (this.stopping.signal.aborted) {
      await claims.abandon(taken, 0);
    } else if (taken.length > 1) {
      for (const one of taken) await this.attempt([one]);
    } else {
      const [{ id, attempts }] = taken;
      this.logger.error(`${name}: ${id} failed`, error);
      const seconds = RETRY_SECONDS[attempts - 1] ?? RETRY_SECONDS.at(-1)!;
      await claims.abandon(taken, seconds);
    }
  }
}
