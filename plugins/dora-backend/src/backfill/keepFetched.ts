import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeliverySource,
  FetchedDelivery,
} from '@waymark/backstage-plugin-dora-node';
import { Knex } from 'knex';
import { InboxStore } from '../ingest/InboxStore';
import { ObservationStore } from '../ingest/ObservationStore';
import { readDelivery } from '../ingest/readDelivery';

/** Facts of what is fetched page by page are made that often meanwhile. */
const FACTS = { seconds: 10 };

/**
 * Keeps what was fetched of a source like what it sends: as deliveries in the inbox,
 * so that facts can be made anew without asking again. They are read at once, and
 * hold up nothing that was sent.
 */
export class FetchedDeliveries {
  constructor(
    private readonly services: {
      inbox: InboxStore;
      logger: LoggerService;
      observations: ObservationStore;
    },
  ) {}

  /**
   * Reads them, but for those that are kept already.
   *
   * @returns keeps them in a transaction; how many are new
   */
  async read(
    source: DeliverySource,
    fetched: readonly FetchedDelivery[],
  ): Promise<(trx: Knex.Transaction) => Promise<number>> {
    const { inbox, logger, observations } = this.services;
    const known = await inbox.known(
      source.id,
      fetched.map(({ deliveryId }) => deliveryId),
    );
    const receivedAt = new Date();
    const read = await Promise.all(
      [...new Map(fetched.map(one => [one.deliveryId, one])).values()]
        .filter(({ deliveryId }) => !known.has(deliveryId))
        .map(async one => ({
          ...one,
          ...(await readDelivery(
            source,
            async () => ({ ...one, receivedAt }),
            logger,
          )),
        })),
    );
    return async trx => {
      const added = await inbox.addRead(
        trx,
        read.map(({ said, body, ...one }) => ({
          ...one,
          source: source.id,
          body: Buffer.from(JSON.stringify(body)),
          observations: said.length,
        })),
      );
      await observations.add(
        trx,
        read.flatMap(({ deliveryId, said }) => {
          const inboxId = added.get(deliveryId);
          return inboxId
            ? said.map(observation => ({ inboxId, observation }))
            : [];
        }),
        FACTS,
      );
      return added.size;
    };
  }
}
