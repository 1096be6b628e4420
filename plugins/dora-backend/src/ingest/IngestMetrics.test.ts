import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  MetricsService,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { Knex } from 'knex';
import { push } from '../__testUtils__/github';
import {
  Portal,
  service,
  settle,
  startPortal,
  testDatabases,
  ToySource,
} from '../__testUtils__/portal';

jest.setTimeout(60_000);
const open = testDatabases();

type Attributes = Record<string, string> | undefined;
type Callback = (result: { observe: Observe }) => Promise<void>;
type Observe = (value: number, attributes?: Attributes) => void;

/** Keeps what is counted, and asks gauges as a collector does. */
class Recorder {
  readonly counted = new Map<string, number>();
  readonly recorded: [string, number][] = [];
  private readonly gauges = new Map<string, Callback>();

  readonly service = {
    createCounter: (name: string) => ({
      add: (n: number, attributes: Attributes) => {
        const key = [name, ...Object.values(attributes ?? {})].join(' ');
        this.counted.set(key, (this.counted.get(key) ?? 0) + n);
      },
    }),
    createHistogram: (name: string) => ({
      record: (value: number) => this.recorded.push([name, value]),
    }),
    createObservableGauge: (name: string) => ({
      addCallback: (callback: Callback) => this.gauges.set(name, callback),
    }),
  } as unknown as MetricsService;

  async collect() {
    const seen: Record<string, number> = {};
    for (const [name, callback] of this.gauges) {
      await callback({
        observe: (value, attributes) => {
          seen[[name, ...Object.values(attributes ?? {})].join(' ')] = value;
        },
      });
    }
    return seen;
  }
}

describe('metrics of the ingest', () => {
  let knex: Knex;
  let portal: Portal;
  const recorder = new Recorder();
  const toy = new ToySource();

  beforeAll(async () => {
    knex = await open();
    portal = await startPortal({
      knex,
      toy,
      entities: [service('pricing')],
      modules: [
        createServiceFactory({
          service: metricsServiceRef,
          deps: {},
          factory: () => recorder.service,
        }),
      ],
    });
    await portal.run('components');
  });
  afterAll(() => portal.stop());

  it('count what comes in, what is refused and what becomes of it', async () => {
    await portal.deliver(push(0, [1]), 'one');
    await portal.deliver(push(0, [1]), 'one');
    await portal.deliver(push(1, [2]), 'two', 'another-secret-than-ours');
    await portal.send('{}', { 'content-type': 'application/json' });
    toy.broken = true;
    await portal.observe([]);
    await settle(knex, portal);
    expect(Object.fromEntries(recorder.counted)).toEqual({
      'dora.deliveries.received github kept': 1,
      'dora.deliveries.received github duplicate': 1,
      'dora.deliveries.received github forged': 1,
      'dora.deliveries.received github unsigned': 1,
      'dora.deliveries.received toy kept': 1,
      'dora.deliveries.read github done': 1,
      'dora.deliveries.read toy quarantined': 1,
    });
    expect(recorder.recorded.length).toBeGreaterThan(0);
    expect(recorder.recorded[0]).toEqual([
      'dora.projection.duration',
      expect.any(Number),
    ]);
  });

  it('measure what waits and what is in quarantine', async () => {
    await knex('inbox').insert({
      source: 'github',
      delivery_id: 'waits',
      event: 'push',
      body: Buffer.from(''),
      size: 0,
      state: 'waiting',
      received_at: knex.raw(`now() - interval '1 hour'`),
      // Another replica has it.
      claimed_until: knex.raw(`now() + interval '1 hour'`),
    });
    await knex('units').update({
      waiting: true,
      due_at: knex.raw(`now() - interval '2 minutes'`),
      claimed_until: knex.raw(`now() + interval '1 hour'`),
    });
    const seen = await recorder.collect();
    expect(seen).toMatchObject({
      'dora.inbox.depth github': 1,
      'dora.quarantine.size toy': 1,
      'dora.rows.lag': 0,
    });
    expect(Math.round(seen['dora.inbox.oldest.age github'] / 60)).toBe(60);
    expect(Math.round(seen['dora.facts.lag'] / 60)).toBe(2);
  });
});
