import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { Knex } from 'knex';
import { component, testDatabases } from '../__testUtils__/database';
import { RulesInForce } from '../campaigns/RulesInForce';
import { DeliveryCollector } from '../facts/collectors/deliveryFacts';
import { FactCollector } from '../facts/FactCollector';
import { Stores } from '../stores';
import { Evaluator } from '../verdicts/Evaluator';
import { ComplianceWork } from './ComplianceWork';
import { nextRound } from './nextRound';

const open = testDatabases();
const REF = 'component:default/basket';
const OK: Record<string, object> = {
  '/repos/x/y': { archived: false, default_branch: 'main' },
  '/repos/x/y/rules/branches/main': [],
  '/repos/x/y/branches/main/protection': {},
  '/repos/x/y/environments': { environments: [] },
  '/repos/x/y/commits': [],
};

describe('what did not answer', () => {
  let stores: Stores & { knex: Knex };
  let server: Server;
  let refusal: { status: number; headers?: Record<string, string> } | undefined;
  let work: ComplianceWork;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const [path] = request.url!.split('?');
      response.writeHead(refusal?.status ?? 200, refusal?.headers);
      response.end(JSON.stringify(OK[path] ?? {}));
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
  });
  afterAll(() => {
    server.close();
  });

  beforeEach(async () => {
    stores = await open();
    refusal = undefined;
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const host = `127.0.0.1:${port}`;
    const delivery = new DeliveryCollector(
      ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: { github: [{ host, apiBaseUrl: url, token: 'x' }] },
        }),
      ),
    );
    const repository = {
      url: `${url}/x/y/tree/main/`,
      host,
      owner: 'x',
      name: 'y',
      type: 'github',
    };
    const collector: Pick<FactCollector, 'collect'> = {
      collect: async (_, before, signal) => [
        await delivery.collect(repository, {
          entity: {} as Entity,
          before,
          signal,
        }),
      ],
    };
    work = new ComplianceWork(
      {
        ...stores,
        logger: mockServices.logger.mock(),
        collector: collector as FactCollector,
        evaluator: new Evaluator({
          kind: 'wasm',
          evaluate: async () => ({}),
          close: async () => {},
        }),
        inForce: new RulesInForce(
          { revision: 'r1', rules: [] },
          stores.campaigns,
        ),
      },
      { every: 3600, retry: 300 },
    );
    await stores.components.save([component('basket')]);
  });

  /** Does what is due, and says when it is due again. */
  const round = async () => {
    const claims = await stores.work.claim('one', { limit: 1 });
    await work.do(claims, new AbortController().signal);
    const { seconds, ...row } = await stores
      .knex('components')
      .where({ entity_ref: REF })
      .first(
        'urgent',
        'retries',
        stores.knex.raw(
          'extract(epoch from due_at - collected_at)::float as seconds',
        ),
      );
    return { claimed: claims.length, seconds: Number(seconds), ...row };
  };
  const wait = () =>
    stores.knex('components').update({ due_at: stores.knex.fn.now() });

  it('is asked again soon and first, later each time, and then as usual', async () => {
    refusal = { status: 502 };
    const first = await round();
    expect(first).toMatchObject({ urgent: true, retries: 1 });
    expect(first.seconds).toBeGreaterThan(4);
    expect(first.seconds).toBeLessThanOrEqual(5);
    await wait();
    const second = await round();
    expect(second).toMatchObject({ urgent: true, retries: 2 });
    expect(second.seconds).toBeGreaterThan(13);
    expect(second.seconds).toBeLessThanOrEqual(15);

    refusal = undefined;
    await wait();
    const answered = await round();
    expect(answered).toMatchObject({ urgent: false, retries: 0 });
    expect(answered.seconds).toBeGreaterThan(3000);
    const [fact] = (await stores.facts.read([1])).get(1)!;
    expect(fact).toHaveProperty('data');
  });

  it('is left alone for as long as it asks, also when rules change', async () => {
    refusal = { status: 503, headers: { 'retry-after': '120' } };
    const first = await round();
    expect(first.seconds).toBeGreaterThan(118);
    expect(first.seconds).toBeLessThanOrEqual(121);
    // Judged again, and not collected.
    await stores.work.startWith('r2');
    const judged = await round();
    expect(judged).toMatchObject({ claimed: 1, urgent: true, retries: 1 });
    expect(judged.seconds).toBeCloseTo(first.seconds, 1);
  });

  it('is given up for the usual round after some attempts', () => {
    const fact = {
      part: 'delivery' as const,
      collectedAt: new Date(),
      error: 'The Git host answered 502.',
    };
    const again = { ...fact, again: {} };
    const cadence = { every: 3600, retry: 300 };
    const seconds = [0, 1, 2, 3, 4, 50].map(
      retries => nextRound(cadence, retries, [again], [again]).nextInSeconds,
    );
    [5, 15, 45, 135, 300, 300].forEach((most, index) => {
      expect(seconds[index]).toBeLessThanOrEqual(most);
      expect(seconds[index]).toBeGreaterThanOrEqual(most * 0.9);
    });
    const hour = { ...fact, again: { afterSeconds: 999_999 } };
    expect(nextRound(cadence, 0, [hour], [hour]).nextInSeconds).toBe(3600);
    expect(nextRound(cadence, 0, [fact], [fact]).soon).toBe(false);
  });
});
