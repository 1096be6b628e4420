import { LoggerService } from '@backstage/backend-plugin-api';
import { Claim, Claims } from './Claims';

/** How a worker goes about it. */
export interface Job<Row extends object> {
  /** In messages. */
  name: string;
  claims: Claims<Row>;
  /** Rows that are done together. */
  batch: number;
  /** Batches that are done at the same time. */
  lanes: number;
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

  /** Begins at once, and is not waited for. */
  wake(): void {
    this.drain().catch(error =>
      this.logger.warn(`${this.job.name}: not done yet`, error),
    );
  }

  /** Ends what is under way; others take it over. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running?.catch(() => {});
  }

  private async rounds(): Promise<void> {
    do {
      this.again = false;
      await Promise.all(
        Array.from({ length: this.job.lanes }, () => this.lane()),
      );
    } while (this.again && !this.stopping.signal.aborted);
  }

  private async lane(): Promise<void> {
    const { claims, batch } = this.job;
    while (!this.stopping.signal.aborted) {
      const taken = await claims.take(this.name, batch);
      if (taken.length === 0) return;
      await this.attempt(taken);
    }
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
