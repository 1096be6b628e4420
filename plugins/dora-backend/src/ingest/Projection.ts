import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeliverySource,
  MalformedDelivery,
  Observation,
  observationSchema,
  read,
} from '@waymark/backstage-plugin-dora-node';
import { Knex } from 'knex';
import { z } from 'zod';
import { Claim } from '../claims/Claims';
import { DeliveryOutcome, InboxStore, StoredDelivery } from './InboxStore';
import { ObservationStore } from './ObservationStore';

/** One that took the process down with it so often is not tried again. */
const MOST_ATTEMPTS = 5;
const observationsSchema = z.array(observationSchema);

type Row = Claim & StoredDelivery;
type Read = Omit<DeliveryOutcome, 'observations'> & { said: Observation[] };

/** Reads deliveries, and keeps what they say. */
export class Projection {
  constructor(
    private readonly services: {
      knex: Knex;
      logger: LoggerService;
      inbox: InboxStore;
      observations: ObservationStore;
      sources: ReadonlyMap<string, DeliverySource>;
    },
  ) {}

  /** What another worker has claimed meanwhile is not written. */
  async do(rows: Row[]): Promise<void> {
    const { knex, inbox, observations } = this.services;
    const done: Read[] = [];
    // One body in memory at a time.
    for (const row of rows) done.push(await this.read(row));
    await knex.transaction(async trx => {
      const held = await inbox.claims.lock(trx, rows);
      const ids = new Set(held.map(({ id }) => id));
      const own = done.filter(({ claim }) => ids.has(claim.id));
      await observations.add(
        trx,
        own.flatMap(({ claim, said }) =>
          said.map(observation => ({ inboxId: claim.id, observation })),
        ),
      );
      await inbox.finish(
        trx,
        own.map(({ said, ...outcome }) => ({
          ...outcome,
          observations: said.length,
        })),
      );
    });
  }

  private async read(row: Row): Promise<Read> {
    const claim = { id: row.id, fence: row.fence, attempts: row.attempts };
    const quarantined = (reason: string): Read => ({
      claim,
      state: 'quarantined',
      reason,
      said: [],
    });
    if (row.attempts > MOST_ATTEMPTS) {
      return quarantined(`It could not be read in ${MOST_ATTEMPTS} attempts`);
    }
    const source = this.services.sources.get(row.source);
    if (!source) {
      return quarantined(`Nothing reads deliveries of ${row.source}`);
    }
    try {
      const { body, ...delivery } = await this.services.inbox.open(row);
      const translated = source.translate({ ...delivery, body: parse(body) });
      return 'ignored' in translated
        ? { claim, state: 'ignored', reason: translated.ignored, said: [] }
        : {
            claim,
            state: 'done',
            said: read(observationsSchema, translated.observations),
          };
    } catch (error) {
      if (!(error instanceof MalformedDelivery)) {
        this.services.logger.error(
          `Delivery ${row.id} was not read`,
          error as Error,
        );
      }
      return quarantined((error as Error).message);
    }
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new MalformedDelivery('The body is not JSON');
  }
}
