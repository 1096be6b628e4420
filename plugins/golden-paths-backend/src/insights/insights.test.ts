import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  FunnelAnswer,
  funnelSchema,
  outcomesSchema,
  templatePageSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import express from 'express';
import {
  PLATFORM,
  Portal,
  startPortal,
  testDatabases,
  VISITOR,
} from '../__testUtils__/portal';

jest.setTimeout(60_000);
const open = testDatabases();
const NODE = 'template:default/node';
const STRANGER = 'user:default/stranger';
const DAY = 86_400_000;

const entity = (kind: string, name: string, annotations = {}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    namespace: 'default',
    annotations,
    ...(name === 'evil' && { title: '=cmd()|"x", y' }),
  },
  spec: { type: 'service' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/checkout' }],
});
const made = (name: string) =>
  entity('Component', name, {
    'waymark.dev/template': NODE,
    'backstage.io/template-version': '1.0.0',
  });
const entities = () => [
  entity('Template', 'node', {
    'backstage.io/template-version': '1.2.0',
    'backstage.io/source-location': 'url:https://git.example.com/t/node/',
  }),
  made('fresh'),
  made('evil'),
];

/** Another plugin of the portal, as far as it is asked. */
function neighbour(pluginId: string, answers: Record<string, object | number>) {
  const asked: { path: string; body: unknown; from: string }[] = [];
  const feature = createBackendPlugin({
    pluginId,
    register(reg) {
      reg.registerInit({
        deps: {
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ http, httpAuth }) {
          const router = express.Router();
          router.use(express.json());
          router.use(async (request, response) => {
            const { principal } = await httpAuth.credentials(request);
            const from = (principal as { userEntityRef?: string })
              .userEntityRef;
            asked.push({
              path: request.url,
              body: request.body,
              from: from ?? '',
            });
            const answer = answers[request.path] ?? 404;
            if (typeof answer === 'number') response.status(answer).json({});
            else response.json(answer);
          });
          http.use(router);
        },
      });
    },
  });
  return { asked, feature, answers };
}

describe('how far creations come, and what comes of them', () => {
  let portal: Portal;
  let folder: string;
  const dora = neighbour('dora', {});

  const funnel = async (query = '', who?: string): Promise<FunnelAnswer> =>
    funnelSchema.parse((await portal.get(`/funnel${query}`, who)).body);
  const visit = (body: object, who?: string | null) =>
    portal.post('/visits', who).send(body);
  const opened = { visit: randomUUID(), templateRef: NODE, step: 'opened' };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'golden-paths-insights-'));
    portal = await startPortal({
      open,
      folder,
      features: [dora.feature],
      entities: entities(),
    });
    await portal.look();
    await portal.knex('creations').insert({
      task_id: randomUUID(),
      template_ref: NODE,
      inputs: '{}',
      left_out: '[]',
      queued_at: new Date(Date.now() - 2 * DAY - 60_000),
      started_at: new Date(Date.now() - 2 * DAY - 58_000),
      finished_at: new Date(Date.now() - 2 * DAY),
      status: 'completed',
      outcome: 'succeeded',
      entity_ref: 'component:default/fresh',
    });
  });
  afterAll(async () => {
    await portal.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('counts forms that are opened and sent, once, and not by whom', async () => {
    expect((await visit(opened)).status).toBe(204);
    expect((await visit(opened)).status).toBe(204);
    expect((await visit({ ...opened, visit: randomUUID() })).status).toBe(204);
    const sent = { ...opened, templateRef: 'Template:Default/Node' };
    for (const _ of [1, 2]) {
      expect((await visit({ ...sent, step: 'started' })).status).toBe(204);
    }
    const [step, started] = (await funnel()).steps;
    expect(step).toEqual({ step: 'opened', n: 2, time: null });
    expect(started.time).toMatchObject({ n: 1, since: 'opened' });
    const columns = Object.keys(await portal.knex('visits').first());
    expect(columns).toEqual(['id', 'template_ref', 'opened_at', 'started_at']);
    const { steps, visitsSince } = await funnel(
      '?from=2020-01-01&to=2020-02-01',
    );
    expect(steps[0].n).toBe(null);
    expect(Date.parse(visitsSince)).toBeGreaterThan(Date.now() - DAY);

    expect((await visit(opened, null)).status).toBe(401);
    expect((await visit(opened, STRANGER)).status).toBe(403);
    expect((await visit(opened, VISITOR)).status).toBe(404);
    for (const wrong of [{ visit: '1' }, { step: 'done' }, { who: 'maya' }]) {
      expect((await visit({ ...opened, ...wrong })).status).toBe(400);
    }
  });

  it('asks delivery in the name of who asks, and says what it does not say', async () => {
    dora.answers['/firsts'] = {
      items: [
        {
          entityRef: 'component:default/fresh',
          firstCommitAt: new Date(Date.now() - DAY).toISOString(),
        },
      ],
    };
    dora.answers['/newcomers'] = {
      newcomers: 3,
      settled: 1,
      p50: 600,
      unknown: 2,
    };
    const answer = await funnel();
    expect(answer.steps.slice(2).map(({ n }) => n)).toEqual([1, 1, 0]);
    expect(answer.steps[3].time!.p50).toBeCloseTo(86_400, -2);
    expect(answer).toMatchObject({
      silence: null,
      asked: { count: 1, total: 1 },
      newcomers: { known: true, answer: { newcomers: 3 } },
    });
    const first = dora.asked.find(({ path }) => path === '/firsts')!;
    expect(first.from).toBe(PLATFORM);
    expect(first.body).toMatchObject({
      items: [{ entityRef: 'component:default/fresh' }],
    });

    for (const [status, why] of [
      [403, 'denied'],
      [404, 'absent'],
      [500, 'failed'],
    ] as const) {
      dora.answers['/firsts'] = status;
      dora.answers['/newcomers'] = status;
      const silent = await funnel();
      expect(silent.silence).toBe(why);
      expect(silent.steps.slice(3).map(({ n }) => n)).toEqual([null, null]);
      expect(silent.newcomers).toEqual({ known: false, why });
    }
    expect((await funnel('', VISITOR)).steps[1].n).toBe(0);
    expect((await portal.get('/funnel', STRANGER)).status).toBe(403);
  });

  it('has outcomes of delivery, and says that compliance is not there', async () => {
    const { body } = await portal.get('/outcomes');
    expect(outcomesSchema.parse(body)).toMatchObject({
      delivery: { known: false, why: 'absent' },
      compliance: { known: false, why: 'absent' },
    });
    dora.answers['/cohorts'] = { bias: 'Teams choose.', cohorts: [] };
    const { body: known } = await portal.get('/outcomes');
    expect(known.delivery).toMatchObject({ known: true });
    expect(dora.asked.at(-1)!.path).toContain('by=path');
    expect((await portal.get('/outcomes', STRANGER)).status).toBe(403);
  });

  it('shows one golden path, to who may see it', async () => {
    const path = '/templates/default/node';
    const page = templatePageSchema.parse((await portal.get(path)).body);
    expect(page).toMatchObject({
      templateRef: NODE,
      sourceUrl: 'https://git.example.com/t/node/',
      active: { count: 1, limit: 8 },
      drifting: 2,
      runs: { started: 1, succeeded: 1 },
    });
    expect(page.byMonth.reduce((sum, { started }) => sum + started, 0)).toBe(1);
    expect((await portal.get('/templates/default/none')).status).toBe(404);
    expect((await portal.get(path, VISITOR)).status).toBe(404);
    expect((await portal.get(path, STRANGER)).status).toBe(403);
  });

  it('hands out tables that no spreadsheet runs', async () => {
    const table = async (name: string, who = PLATFORM) => {
      const answer = await portal.get(`/${name}`, who);
      expect(answer.headers['content-type']).toContain('text/csv');
      return answer.text.replace('\uFEFF', '').split('\r\n').slice(0, -1);
    };
    expect(await table('drift.csv?standing=behind')).toEqual([
      'Service,Title,Owner,Template,Made from,Newest,Standing,Versions behind',
      `component:default/evil,"'=cmd()|""x"", y",group:default/checkout,${NODE},1.0.0,1.2.0,behind,1`,
      `component:default/fresh,,group:default/checkout,${NODE},1.0.0,1.2.0,behind,1`,
    ]);
    expect((await table('creations.csv'))[1]).toMatch(
      /^[0-9a-f-]{36},template:default\/node,,.+,succeeded,,component:default\/fresh$/,
    );
    expect(await table('teams.csv')).toContain(
      'group:default/checkout,1,1,1,2,2',
    );
    expect((await table('months.csv')).length).toBeGreaterThan(2);
    expect((await table('templates.csv'))[1]).toContain(`${NODE},`);
    expect(await table('drift.csv', VISITOR)).toHaveLength(1);
    for (const name of ['drift', 'creations', 'teams', 'months', 'templates']) {
      expect((await portal.get(`/${name}.csv`, null)).status).toBe(401);
      expect((await portal.get(`/${name}.csv`, STRANGER)).status).toBe(403);
      expect((await portal.get(`/${name}.csv?limit=3`)).status).toBe(400);
    }
  });
});
