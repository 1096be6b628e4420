import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeliverySource,
  MalformedDelivery,
} from '@waymark/backstage-plugin-dora-node';
import { Knex } from 'knex';
import { Claim } from '../claims/Claims';
import { redoable } from '../database/redoable';
import { InboxStore, StoredDelivery, WaitingDelivery } from './InboxStore';
import { IngestMetrics } from './IngestMetrics';
import { ObservationStore } from './ObservationStore';
import { quarantined, readDelivery, Reading } from './readDelivery';

/** One that took the process down with it so often is not tried again. */
const MOST_ATTEMPTS = 5;

type Row = Claim & StoredDelivery;
type Read = { claim: Claim } & Reading;
type Open = () => Promise<WaitingDelivery>;

/** Reads deliveries, and keeps what they say. */
export class Projection {
  constructor(
    private readonly services: {
      knex: Knex;
      logger: LoggerService;
      inbox: InboxStore;
      observations: ObservationStore;
      sources: ReadonlyMap<string, DeliverySource>;
      metrics: Pick<IngestMetrics, 'read'>;
    },
  ) {}

  /** What another worker has claimed meanwhile is not written. */
  async do(rows: Row[]): Promise<void> {
    const { knex, inbox, metrics, observations } = this.services;
    const begun = performance.now();
    const done: Read[] = [];
    const open = await inbox.open(rows);
    // One body in memory at a time as it was sent.
    for (const row of rows) done.push(await this.read(row, () => open(row)));
    const written = await redoable(knex, async trx => {
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
      return own;
    });
    const sources = new Map(rows.map(({ id, source }) => [id, source]));
    metrics.read(
      written.map(({ claim, state }) => ({
        source: sources.get(claim.id)!,
        state,
      })),
      (performance.now() - begun) / 1_000,
    );
  }

  private async read(row: Row, open: Open): Promise<Read> {
    const claim = { id: row.id, fence: row.fence, attempts: row.attempts };
    return { claim, ...(await this.readOne(row, open)) };
  }

  private async readOne(row: Row, open: Open): Promise<Reading> {
    const { logger, sources } = this.services;
    if (row.attempts > MOST_ATTEMPTS) {
      return quarantined(`It could not be read in ${MOST_ATTEMPTS} attempts`);
    }
    const source = sources.get(row.source);
    if (!source) {
      return quarantined(`Nothing reads deliveries of ${row.source}`);
    }
    const parsed = async () => {
      const { body, ...delivery } = await open();
      return { ...delivery, body: parse(body) };
    };
    return readDelivery(source, parsed, logger);
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new MalformedDelivery('The body is not JSON');
  }
}
