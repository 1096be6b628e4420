import { LoggerService } from '@backstage/backend-plugin-api';
import {
  AskAgainLater,
  DeliverySource,
  HistoryPage,
  NotAnswered,
} from '@waymark/backstage-plugin-dora-node';
import { Knex } from 'knex';
import { Claim } from '../claims/Claims';
import { ComponentStore } from '../components/ComponentStore';
import { redoable } from '../database/redoable';
import { wantUnits } from '../ingest/ObservationStore';
import { BackfillStore, BackfillWork } from './BackfillStore';
import { FetchedDeliveries } from './keepFetched';

/** Then others have their turn, so that a large repository does not hold them up. */
const TURN_MS = 30_000;
const RETRY_SECONDS = [5, 30, 120, 600, 1_800];

/** Fetches the history of repositories, page by page. */
export class Backfiller {
  constructor(
    private readonly services: {
      knex: Knex;
      logger: LoggerService;
      backfills: BackfillStore;
      components: ComponentStore;
      fetched: FetchedDeliveries;
      sources: ReadonlyMap<string, DeliverySource>;
    },
  ) {}

  /** Goes on where the last page was kept, until all is, or it has to wait. */
  async do(claim: Claim & BackfillWork, signal: AbortSignal): Promise<void> {
    const { backfills, logger } = this.services;
    try {
      await this.fetch(claim, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const { message } = error as Error;
      if (error instanceof AskAgainLater) {
        await backfills.postpone(claim, message, error.at);
      } else if (error instanceof NotAnswered) {
        await backfills.fail(claim, message);
      } else {
        logger.warn(`History of ${claim.repository}: not yet`, error as Error);
        await backfills.postpone(claim, message, retryAt(claim.attempts));
      }
    }
  }

  private async fetch(claim: Claim & BackfillWork, signal: AbortSignal) {
    const { knex, backfills, components, sources } = this.services;
    const { repository, since, cursor } = claim;
    const source = sources.get(claim.source);
    if (!source?.history) {
      throw new NotAnswered(`${claim.source} tells nothing about the past`);
    }
    const begun = Date.now();
    const members = await components.of(repository);
    const pages = source.history.pages({
      repository,
      since,
      ...(cursor && { cursor }),
      paths: members.some(({ path }) => path !== ''),
      signal,
    });
    for await (const page of pages) {
      signal.throwIfAborted();
      if (!(await this.keep(claim, source, page))) return;
      if (Date.now() - begun > TURN_MS) {
        await backfills.pause(claim);
        return;
      }
    }
    await backfills.finish(claim);
    await knex.transaction(trx => wantUnits(trx, [repository], { seconds: 0 }));
  }

  /** Whether it was still this worker's to do. */
  private async keep(
    claim: Claim,
    source: DeliverySource,
    { deliveries, ...page }: HistoryPage,
  ): Promise<boolean> {
    const { knex, backfills, fetched } = this.services;
    const write = await fetched.read(source, deliveries);
    return redoable(knex, async trx => {
      const [held] = await backfills.claims.lock(trx, [claim]);
      if (!held) return false;
      const added = await write(trx);
      await backfills.advance(trx, claim.id, {
        ...page,
        fetched: deliveries.length,
        added,
      });
      return true;
    });
  }
}

function retryAt(attempts: number): Date {
  const seconds = RETRY_SECONDS[attempts - 1] ?? RETRY_SECONDS.at(-1)!;
  return new Date(Date.now() + seconds * 1_000);
}
