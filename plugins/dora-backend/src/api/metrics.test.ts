import {
  changesSchema,
  cohortsSchema,
  deploymentsSchema,
  incidentsSchema,
  metricsSchema,
} from '@waymark/backstage-plugin-dora-common';
import { routesIn, routesOf } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { z } from 'zod';
import { at, deployment, push, sha } from '../__testUtils__/github';
import {
  JONAS,
  MAYA,
  Portal,
  service,
  settle,
  testDatabases,
  VISITOR,
} from '../__testUtils__/portal';
import { startTold } from '../__testUtils__/sources';
import { deliveriesSchema } from './answers';
import { createRouter } from './router';

jest.setTimeout(60_000);
const open = testDatabases();
const WINDOW = 'from=2026-09-28&to=2026-10-12&timeZone=Europe/Berlin';

/** Of a team, in a system, and made from a template or not. */
function owned(name: string, owner: string, template?: string) {
  const entity = service(name, `${name}/`);
  if (template) entity.metadata.annotations!['waymark.dev/template'] = template;
  entity.metadata.tags = ['typescript'];
  const relation = (type: string, targetRef: string) => ({ type, targetRef });
  entity.relations = [
    relation('ownedBy', `group:default/${owner}`),
    relation('partOf', 'system:default/shop'),
  ];
  return entity;
}

describe('what is asked of delivery', () => {
  let knex: Knex;
  let portal: Portal;

  const ask = async (path: string, query = '', who: string | null = MAYA) => {
    const { status, body } = await portal.get(`${path}?${WINDOW}${query}`, who);
    return { status, body, message: body.error?.message as string };
  };
  const only = (name: string) => ({
    payload: { entityRefs: [`component:default/${name}`] },
  });

  beforeAll(async () => {
    knex = await open();
    portal = await startTold({
      knex,
      dora: { rolloutWindow: '1h', recoverWithoutIncident: false },
      entities: [
        owned('cart', 'shop', 'template:default/node-api'),
        owned('pay', 'money'),
      ],
      story: [
        push(0, [1], { paths: ['cart/a.ts'] }),
        push(10, [2], { before: 1, paths: ['pay/a.ts'] }),
        deployment(30, 1, 2, 'success', only('cart')),
        deployment(60, 2, 2, 'success', only('pay')),
        deployment(90, 3, 2, 'failure', only('pay')),
      ],
      observed: [
        {
          kind: 'incident',
          source: 'toy',
          externalId: 'I1',
          service: 'PD-pay',
          severity: 'high',
          title: 'Nobody can pay',
          at: at(70),
          status: 'triggered',
        },
      ],
    });
  });
  afterAll(() => portal.stop());

  it('is answered for a component, a team, a system, a cohort and the company', async () => {
    const n = async (query: string) => {
      const { body } = await ask('/metrics', query);
      const { components, metrics } = metricsSchema.parse(body);
      const { deploymentFrequency, leadTime } = metrics;
      return [components, deploymentFrequency.n, leadTime.n];
    };
    expect(await n('')).toEqual([2, 2, 2]);
    expect(await n('&system=shop')).toEqual([2, 2, 2]);
    expect(await n('&owner=group:default/money')).toEqual([1, 1, 1]);
    expect(await n('&owner=nobody')).toEqual([0, 0, 0]);
    expect(await n('&cohort=golden-path')).toEqual([1, 1, 1]);
    expect(await n('&entityRef=Component:Default/Pay')).toEqual([1, 1, 1]);
    const { body } = await ask('/metrics', '&entityRef=component:default/pay');
    expect(body.metrics).toMatchObject({
      changeFailRate: { value: 1, n: 2, reasons: { incident: 1, failed: 1 } },
      // By the settings, the failure without an incident is not waited for.
      recoveryTime: { status: 'no-data', open: 1 },
    });
  });

  it('is as new as its facts, also where it was asked before', async () => {
    const failed = async () =>
      (await ask('/deployments', '&counted=failed')).body.total;
    const rate = async () =>
      (await ask('/metrics')).body.metrics.changeFailRate.failed;
    expect([await failed(), await rate()]).toEqual([2, 2]);
    await portal.deliver(
      deployment(95, 4, 2, 'failure', only('cart')),
      'one-more',
    );
    await settle(knex, portal);
    expect([await failed(), await rate()]).toEqual([3, 3]);
  });

  it('compares cohorts', async () => {
    const { body } = await ask('/cohorts', '&by=owner');
    expect(cohortsSchema.parse(body).cohorts).toMatchObject([
      { name: 'group:default/money', components: 1, small: true },
      { name: 'group:default/shop', components: 1 },
    ]);
    const age = (Date.now() - Date.parse(at(10))) / 86_400_000;
    expect(body.cohorts[0].ageDays).toBeCloseTo(age, 1);
    const names = async (by: string) =>
      (await ask('/cohorts', `&by=${by}`)).body.cohorts.map(
        ({ name }: { name: string }) => name,
      );
    expect(await names('path')).toEqual(['bespoke', 'golden-path']);
    expect(await names('language')).toEqual(['typescript']);
  });

  it('opens down to rows that say what was made of them', async () => {
    const { body } = await ask('/deployments', '&counted=successful');
    expect(deploymentsSchema.parse(body).items).toMatchObject([
      {
        finishedAt: at(60),
        changes: 1,
        failure: {
          reason: 'incident',
          incidents: [{ title: 'Nobody can pay' }],
        },
      },
      { finishedAt: at(30), changes: 1 },
    ]);
    const changes = await ask('/changes', '&counted=lead-time');
    expect(changesSchema.parse(changes.body).items).toMatchObject([
      { mergeSha: sha(2), lead: { total: 3000, deploy: 3000 } },
      { mergeSha: sha(1), lead: { total: 1800 } },
    ]);
    const [{ id }] = body.items;
    const brought = await portal.get(
      `/changes?from=2020-01-01&to=2020-01-02&deployment=${id}`,
    );
    expect(changesSchema.parse(brought.body).items).toMatchObject([
      { mergeSha: sha(2), deploymentId: id },
    ]);
    const incidents = await ask('/incidents', '&counted=linked');
    expect(incidentsSchema.parse(incidents.body).items).toMatchObject([
      { title: 'Nobody can pay', deploymentId: body.items[0].id },
    ]);
  });

  it('has pages that new rows do not shift', async () => {
    const first = await ask('/deployments', '&limit=2');
    expect(first.body.items).toHaveLength(2);
    await portal.deliver(
      deployment(300, 9, 2, 'success', only('cart')),
      'the-latest',
    );
    await settle(knex, portal);
    const next = `&limit=2&cursor=${first.body.next}`;
    const second = await ask('/deployments', next);
    const ids = [...first.body.items, ...second.body.items].map(one => one.id);
    expect(new Set(ids).size).toBe(4);
    expect(second.body).toMatchObject({ total: 5 });
    expect(second.body.next).toBeUndefined();
  });

  it('is refused in words', async () => {
    for (const [path, query, message] of [
      ['/metrics', '&from=soon', /from/],
      ['/metrics', '&interval=hour', /^interval: /],
      ['/metrics', '&owner=a&system=b', /^give one of entityRef/],
      ['/metrics', '&owner=group:', /^owner: must be such as group:default/],
      ['/cohorts', '&by=mood', /^by: /],
      ['/deployments', '&counted=all', /^counted: /],
      ['/changes', '&cursor=1', /^cursor: must be the next of a page/],
      ['/changes', '&counted=bots&deployment=a', /^deployment: not together/],
      ['/incidents', '&limit=1000', /^limit: /],
    ] as const) {
      const answer = await ask(path, query);
      expect([path, query, answer.status]).toEqual([path, query, 400]);
      expect(answer.message).toMatch(message);
    }
    const { body } = await portal.get('/metrics?from=2026-10-02&to=2026-10-01');
    expect(body.error.message).toBe('to: must be after from');
  });

  it('counts what the caller may see', async () => {
    expect((await ask('/metrics', '', VISITOR)).body).toMatchObject({
      components: 0,
      metrics: { deploymentFrequency: { status: 'no-data', n: 0 } },
    });
    for (const path of ['/deployments', '/changes', '/incidents']) {
      expect((await ask(path, '', VISITOR)).body.total).toBe(0);
      const one = '&entityRef=component:default/pay';
      expect((await ask(path, one, VISITOR)).status).toBe(404);
      expect((await ask(path, one, null)).status).toBe(401);
    }
    expect((await ask('/cohorts', '', VISITOR)).body.cohorts).toEqual([]);
  });

  it('is described route by route', async () => {
    const { body } = await portal.get('/openapi.json');
    const router = createRouter({
      ingest: { bodyLimit: 1024, rateLimit: { windowMs: 1000, deliveries: 1 } },
      sources: new Map([['toy', {}]]),
      httpRouter: { addAuthPolicy() {} },
    } as never);
    const answered = routesOf(router).map(route =>
      route.replace('/webhooks/toy', '/webhooks/{source}'),
    );
    expect(routesIn(body)).toEqual(answered.sort());

    const answer = (path: string, method = 'get', status = 200) =>
      z.fromJSONSchema(
        body.paths[path][method].responses[status].content['application/json']
          .schema,
      );
    for (const path of ['/metrics', '/cohorts', '/deployments', '/changes']) {
      const { body: given } = await ask(path);
      expect(answer(path).safeParse(given).error).toBeUndefined();
    }
    const { body: deliveries } = await portal.get('/deliveries', JONAS);
    expect(deliveriesSchema.strict().safeParse(deliveries).success).toBe(true);
    expect(answer('/deliveries').safeParse(deliveries).success).toBe(true);
    expect(body.paths['/metrics'].get.parameters).toContainEqual(
      expect.objectContaining({ name: 'from', in: 'query', required: true }),
    );
  });
});
