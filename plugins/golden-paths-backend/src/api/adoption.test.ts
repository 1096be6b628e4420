import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  adoptionSchema,
  driftSchema,
  templatesSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { routesIn, routesOf } from '@waymark/backstage-plugin-insights-node';
import request from 'supertest';
import { z } from 'zod';
import {
  DEVELOPER,
  PLATFORM,
  Portal,
  startPortal,
  testDatabases,
  VISITOR,
} from '../__testUtils__/portal';
import { createRouter } from './router';

jest.setTimeout(60_000);
const open = testDatabases();
const NODE = 'template:default/node';
const OTHER = 'user:default/stranger';

const entity = (
  kind: string,
  name: string,
  annotations: Record<string, string> = {},
  spec = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default', annotations },
  spec: { type: 'service', ...spec },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/checkout' }],
});
const template = (version: string, more = {}) =>
  entity('Template', 'node', {
    'backstage.io/template-version': version,
    'backstage.io/time-saved': 'PT8H',
    ...more,
  });
const made = (name: string, version: string) =>
  entity('Component', name, {
    'waymark.dev/template': NODE,
    'backstage.io/template-version': version,
  });

describe('what golden paths made', () => {
  let portal: Portal;
  let folder: string;

  const adoption = async (query = '', who?: string) =>
    adoptionSchema.parse((await portal.get(`/adoption${query}`, who)).body);
  const templates = async (query = '', who?: string) =>
    templatesSchema.parse((await portal.get(`/templates${query}`, who)).body);
  const drift = async (query = '', who?: string) =>
    driftSchema.parse((await portal.get(`/drift${query}`, who)).body);
  const record = (entityRef: string | null, outcome: string, step?: string) =>
    portal.knex('creations').insert({
      task_id: randomUUID(),
      template_ref: NODE,
      inputs: '{}',
      left_out: '[]',
      queued_at: new Date(Date.now() - 60_000),
      started_at: new Date(Date.now() - 58_000),
      finished_at: new Date(Date.now() - 40_000),
      status: outcome,
      outcome,
      entity_ref: entityRef,
      failed_step_id: step,
      failed_step_name: step,
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'golden-paths-api-'));
    portal = await startPortal({
      open,
      folder,
      config: { goldenPaths: { adoption: { settling: { seconds: 0 } } } },
      entities: [
        template('1.0.0'),
        made('old', '1.0.0'),
        entity('Component', 'bespoke'),
      ],
    });
    await portal.look();
    // The catalog learns of these later: they are new.
    portal.state.entities = [
      template('1.2.0'),
      made('old', '1.0.0'),
      entity('Component', 'bespoke'),
      made('fresh', '1.2.0'),
      entity('Component', 'by-hand'),
      entity('Component', 'a-library', {}, { type: 'library' }),
      entity('Component', 'related', {}, { scaffoldedFrom: 'node' }),
    ];
    await portal.look();
    await record('component:default/fresh', 'succeeded');
    await record(null, 'failed', 'push');
  });
  afterAll(async () => {
    await portal.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('counts new services by path, and those of unknown age apart', async () => {
    const answer = await adoption();
    expect(answer).toMatchObject({
      target: 0.8,
      types: ['service'],
      share: { value: 2 / 3, n: 3, golden: 2 },
      today: { value: 3 / 5, n: 5, golden: 3 },
      unknownAge: 2,
      fate: { created: 1, onPath: 1 },
      runs: { started: 2, succeeded: 1, failed: 1 },
    });
    expect(answer.byTeam).toEqual([
      expect.objectContaining({
        owner: 'group:default/checkout',
        share: { value: 2 / 3, n: 3, golden: 2 },
      }),
    ]);
    const past = await adoption('?from=2020-01-01&to=2020-03-01');
    expect(past.share).toEqual({ value: null, n: 0, golden: 0 });
    expect(past.byMonth.map(({ month }) => month)).toEqual([
      '2020-01',
      '2020-02',
    ]);
  });

  it('says how each template does, and which services are behind', async () => {
    const { active, items } = await templates();
    expect(active).toEqual({ count: 1, limit: 8 });
    expect(items).toEqual([
      expect.objectContaining({
        templateRef: NODE,
        version: '1.2.0',
        success: { value: 1 / 2, n: 2 },
        times: {
          total: { n: 1, p50: 20, p95: 20 },
          wait: { n: 1, p50: 2, p95: 2 },
        },
        services: [
          { version: '1.2.0', count: 1 },
          { version: '1.0.0', count: 1 },
          { version: null, count: 1 },
        ],
        drifting: 1,
        timeSaved: { seconds: 8 * 3600, perCreation: 8 * 3600, n: 1 },
      }),
    ]);
    expect(items[0].failures).toEqual([
      expect.objectContaining({ id: 'push', failures: 1 }),
    ]);

    const all = await drift();
    expect(all.counts).toEqual({ behind: 1, current: 1, ahead: 0, unknown: 1 });
    expect(all.items[0]).toMatchObject({
      entityRef: 'component:default/old',
      version: '1.0.0',
      newest: '1.2.0',
      behind: 1,
    });
    const page = await drift('?standing=current&limit=1');
    expect(page).toMatchObject({ total: 1, counts: { behind: 1 } });
    expect((await drift('?owner=nobody')).total).toBe(0);
    expect((await drift('?owner=checkout&templateRef=node')).total).toBe(3);
  });

  it('keeps what the catalog loses for a while, and when it was new', async () => {
    const { entities } = portal.state;
    portal.state.entities = entities.filter(
      ({ metadata: { name } }) => name !== 'fresh',
    );
    await portal.look();
    const gone = await adoption();
    expect(gone.fate).toMatchObject({ created: 1, gone: 1, onPath: 0 });
    expect(gone.share).toEqual({ value: 1 / 2, n: 2, golden: 1 });
    portal.state.entities = entities;
    await portal.look();
    expect((await adoption()).share).toEqual({ value: 2 / 3, n: 3, golden: 2 });
  });

  it('tells nobody of what the catalog does not show them', async () => {
    expect(await adoption('', VISITOR)).toMatchObject({
      share: { n: 0 },
      today: { n: 0 },
      unknownAge: 0,
      byTeam: [],
      fate: { created: 0, gone: 0 },
      runs: { started: 0 },
    });
    expect((await templates('', VISITOR)).items).toEqual([]);
    expect((await drift('', VISITOR)).total).toBe(0);

    portal.state.visitorSees = [made('old', '1.0.0')];
    expect(await drift('', VISITOR)).toMatchObject({
      total: 1,
      items: [{ newest: null, standing: 'unknown', behind: null }],
    });
    const path = '/provenance/component/default';
    const { body } = await portal.get(`${path}/old`, VISITOR);
    expect(body.stated).toMatchObject({ newest: null, title: null });
    expect((await portal.get(`${path}/fresh`, VISITOR)).status).toBe(404);
    expect((await portal.get(`${path}/none`)).status).toBe(404);
  });

  it('is for who may read it', async () => {
    for (const path of [
      '/adoption',
      '/templates',
      '/drift',
      '/provenance/component/default/old',
    ]) {
      expect((await portal.get(path, null)).status).toBe(401);
      expect((await portal.get(path, OTHER)).status).toBe(403);
      expect((await portal.get(path, DEVELOPER)).status).toBe(200);
      const service = await request(portal.server)
        .get(`/api/golden-paths${path}`)
        .set('Authorization', mockCredentials.service.header());
      expect(service.status).toBe(200);
    }
    expect((await portal.get('/openapi.json', null)).status).toBe(401);
  });

  it.each([
    ['/adoption?from=yesterday', 'from: must be a day'],
    ['/adoption?from=2026-02-01&to=2026-01-01', 'to: must be after from'],
    ['/templates?from=1900-01-01', 'to: must be no more than 120 months'],
    ['/adoption?timeZone=Mars', 'timeZone: must be an IANA time zone'],
    ['/adoption?until=2026-01-01', 'until'],
    ['/adoption?from=2026-01-01&from=2026-01-02', 'from: '],
    ['/drift?limit=0', 'limit: '],
    ['/drift?standing=lost', 'standing: '],
    ['/drift?owner=:::', 'owner: must be such as'],
  ])('says what is wrong with %s', async (path, words) => {
    const { status, body } = await portal.get(path);
    expect(body.error.message).toContain(words);
    expect(status).toBe(400);
  });

  it('is described route by route', async () => {
    const { body } = await portal.get('/openapi.json');
    expect(routesIn(body)).toEqual(routesOf(createRouter({} as never)));
    for (const path of ['/adoption', '/templates', '/drift']) {
      const { schema } =
        body.paths[path].get.responses[200].content['application/json'];
      const { body: given } = await portal.get(path, PLATFORM);
      expect(z.fromJSONSchema(schema).safeParse(given).error).toBeUndefined();
    }
  });
});
