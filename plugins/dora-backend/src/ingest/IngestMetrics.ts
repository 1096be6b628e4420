import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { Knex } from 'knex';
import { DeliveryState } from './InboxStore';

/** What became of a delivery at the door. */
export type Received =
  | 'kept'
  | 'duplicate'
  | 'unsigned'
  | 'forged'
  | 'malformed'
  | 'failed';

const REFUSED: Record<string, Received> = {
  AuthenticationError: 'unsigned',
  NotAllowedError: 'forged',
  InputError: 'malformed',
};

/** Collectors that ask for several values at once cause one query. */
const KEPT_MS = 1_000;

interface Standing {
  waiting: { source: string; depth: number; age: number }[];
  quarantined: { source: string; size: number }[];
  /** In seconds. */
  factsLag: number;
  rowsLag: number;
}

/** What operators see of the ingest, by OpenTelemetry. */
export class IngestMetrics {
  private readonly receivedCounter;
  private readonly readCounter;
  private readonly duration;
  private asked?: { at: number; answer: Promise<Standing> };

  constructor(metrics: MetricsService, private readonly knex: Knex) {
    this.receivedCounter = metrics.createCounter('dora.deliveries.received', {
      description: 'Deliveries by source, and what became of each at the door',
      unit: '{delivery}',
    });
    this.readCounter = metrics.createCounter('dora.deliveries.read', {
      description: 'Deliveries that were read, by source and outcome',
      unit: '{delivery}',
    });
    this.duration = metrics.createHistogram('dora.projection.duration', {
      description: 'From opening a batch of deliveries until it is committed',
      unit: 's',
      advice: {
        explicitBucketBoundaries: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      },
    });
    const gauge = (
      name: string,
      unit: string,
      description: string,
      values: (standing: Standing) => [number, Record<string, string>?][],
    ) =>
      metrics
        .createObservableGauge(name, { description, unit })
        .addCallback(async result => {
          const standing = await this.standing();
          for (const [value, attributes] of values(standing)) {
            result.observe(value, attributes);
          }
        });
    gauge(
      'dora.inbox.depth',
      '{delivery}',
      'Deliveries that wait to be read, by source',
      ({ waiting }) => waiting.map(({ source, depth }) => [depth, { source }]),
    );
    gauge(
      'dora.inbox.oldest.age',
      's',
      'Age of the delivery that waits longest, by source',
      ({ waiting }) => waiting.map(({ source, age }) => [age, { source }]),
    );
    gauge(
      'dora.quarantine.size',
      '{delivery}',
      'Deliveries that could not be read, by source',
      ({ quarantined }) =>
        quarantined.map(({ source, size }) => [size, { source }]),
    );
    gauge(
      'dora.facts.lag',
      's',
      'How long facts wait to be made of what was read',
      ({ factsLag }) => [[factsLag]],
    );
    gauge(
      'dora.rows.lag',
      's',
      'How long rows of metrics wait to be made of facts',
      ({ rowsLag }) => [[rowsLag]],
    );
  }

  received(source: string, outcome: Received): void {
    this.receivedCounter.add(1, { source, outcome });
  }

  refused(source: string, error: Error): void {
    this.received(source, REFUSED[error.name] ?? 'failed');
  }

  read(
    outcomes: readonly { source: string; state: DeliveryState }[],
    seconds: number,
  ): void {
    this.duration.record(seconds);
    for (const { source, state } of outcomes) {
      this.readCounter.add(1, { source, outcome: state });
    }
  }

  private standing(): Promise<Standing> {
    const now = performance.now();
    if (!this.asked || this.asked.at + KEPT_MS < now) {
      this.asked = { at: now, answer: this.ask() };
    }
    return this.asked.answer;
  }

  private async ask(): Promise<Standing> {
    const { knex } = this;
    const lagOf = async (table: string) => {
      const { rows } = await knex.raw(
        `select coalesce(extract(epoch from clock_timestamp() - min(due_at)), 0)::float8 as lag
         from ${table} where waiting and due_at <= now()`,
      );
      return rows[0].lag as number;
    };
    const [waiting, quarantined, factsLag, rowsLag] = await Promise.all([
      knex.raw(
        `select source, count(*)::int as depth,
           extract(epoch from clock_timestamp() - min(received_at))::float8 as age
         from inbox where state = 'waiting' group by source order by source`,
      ),
      knex.raw(
        `select source, count(*)::int as size
         from inbox where state = 'quarantined' group by source order by source`,
      ),
      lagOf('units'),
      lagOf('row_work'),
    ]);
    return {
      waiting: waiting.rows,
      quarantined: quarantined.rows,
      factsLag,
      rowsLag,
    };
  }
}
