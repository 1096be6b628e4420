import { LoggerService } from '@backstage/backend-plugin-api';
import pLimit from 'p-limit';
import { within } from '../within';
import { Claim, WorkStore } from './WorkStore';

/** What a worker does with what it has claimed. */
export type Work = (
  claims: readonly Claim[],
  signal: AbortSignal,
) => Promise<unknown>;

/** How much a worker does at once. */
export interface Lanes {
  /** Components whose facts are collected. */
  collecting: number;
  /** Batches that are only judged again. */
  judging: number;
  /** Components of a batch. */
  batch: number;
}

const LANES: Lanes = { collecting: 4, judging: 2, batch: 20 };
/** How long a component may take. */
const LIMIT_MS = 3 * 60_000;
const RENEW_MS = 10_000;
const RETRY_SECONDS = 60;

/** Works on what is due; any number of them share it. */
export class Worker {
  private readonly urgent = pLimit(4);
  private readonly stopping = new AbortController();

  constructor(
    /** Of this process, among all replicas. */
    readonly name: string,
    private readonly store: WorkStore,
    private readonly work: Work,
    private readonly logger: LoggerService,
    private readonly lanes: Lanes = LANES,
  ) {}

  /** Works until nothing is due. */
  async drain(signal: AbortSignal): Promise<void> {
    const { collecting, judging, batch } = this.lanes;
    const either = AbortSignal.any([signal, this.stopping.signal]);
    await Promise.all([
      ...Array.from({ length: collecting }, () =>
        this.lane({ limit: 1, collect: true }, either),
      ),
      ...Array.from({ length: judging }, () =>
        this.lane({ limit: batch, collect: false }, either),
      ),
    ]);
  }

  /** Works on these at once, unless somebody else does. */
  async wake(ids: readonly number[]): Promise<void> {
    await Promise.all(
      ids.map(id =>
        this.urgent(async () => {
          if (this.stopping.signal.aborted) return;
          await this.do(
            await this.store.claim(this.name, { limit: 1, ids: [id] }),
          );
        }),
      ),
    );
  }

  /** Ends what is under way; others take it over. */
  stop(): void {
    this.stopping.abort();
  }

  private async lane(
    options: { limit: number; collect: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    while (!signal.aborted) {
      const claims = await this.store.claim(this.name, options);
      if (claims.length === 0) return;
      await this.do(claims);
    }
  }

  private async do(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
    const renewal = setInterval(() => {
      this.store.renew(claims).catch(error => {
        this.logger.warn('A claim could not be renewed', error);
      });
    }, RENEW_MS);
    try {
      await within(LIMIT_MS, this.stopping.signal, end =>
        this.work(claims, end),
      );
    } catch (error) {
      await this.giveUp(claims, error as Error);
    } finally {
      clearInterval(renewal);
    }
  }

  /** One that breaks the work of a batch is done alone, and breaks only itself. */
  private async giveUp(claims: readonly Claim[], error: Error): Promise<void> {
    if (this.stopping.signal.aborted) {
      await this.store.abandon(claims, 0);
      return;
    }
    if (claims.length > 1) {
      for (const claim of claims) await this.do([claim]);
      return;
    }
    const [{ entityRef }] = claims;
    this.logger.error(`${entityRef} could not be evaluated`, error);
    await this.store.abandon(claims, RETRY_SECONDS);
  }
}
