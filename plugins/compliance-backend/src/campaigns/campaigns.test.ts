import {
  Campaign,
  campaignComponentsSchema,
  campaignPageSchema,
  campaignPreviewSchema,
  campaignRequestSchema,
  campaignSchema,
  campaignsSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { z } from 'zod';
import { campaignRequest, today } from '../__testUtils__/campaigns';
import { Company, outcome, startCompany } from '../__testUtils__/company';
import { testDatabases } from '../__testUtils__/database';
import { Person } from '../__testUtils__/portal';
import { addDays } from '../database/time';

const open = testDatabases();
const JONAS = 'user:default/jonas';
const MAYA = 'user:default/maya';
const VISITOR = 'user:default/visitor';

describe('campaigns', () => {
  let company: Company;
  let portal: Company['portal'];

  beforeAll(async () => {
    company = await startCompany(open);
    portal = company.portal;
  });
  afterAll(() => company.stop());
  beforeEach(() => {
    portal.audited.length = 0;
    portal.sent.length = 0;
  });

  const wanted = campaignRequest({ rules: ['catalog-fields', 'runbook'] });
  const make = async (
    more: Partial<z.input<typeof campaignRequestSchema>> = {},
  ): Promise<Campaign> => {
    const { body, status } = await portal.post('/campaigns', JONAS, {
      ...wanted,
      ...more,
    });
    expect([status, body.error]).toEqual([201, undefined]);
    return campaignSchema.strict().parse(body);
  };
  const move = (id: string, state: string, more: object = {}) =>
    portal.post(`/campaigns/${id}/state`, JONAS, { state, ...more });
  const page = async (id: string, who: Person = MAYA) =>
    campaignPageSchema.parse((await portal.get(`/campaigns/${id}`, who)).body);

  it('go from a draft to their end', async () => {
    const scope = { owners: ['group:checkout'] };
    const asked = { rules: wanted.rules, scope };
    const preview = await portal.post('/campaigns/preview', JONAS, asked);
    const expected = {
      components: 4,
      componentsDone: 0,
      // What two of them have in their repositories, nobody can know.
      pairs: 7,
      pairsDone: 2,
      unknown: 1,
    };
    expect(campaignPreviewSchema.parse(preview.body)).toEqual({
      ...expected,
      owners: [
        {
          owner: 'group:default/checkout',
          title: 'Team checkout',
          ...expected,
        },
      ],
    });

    const draft = await make({ scope });
    expect(draft).toMatchObject({
      state: 'draft',
      createdBy: JONAS,
      progress: expected,
      promoted: [],
      scope: { owners: ['group:default/checkout'], systems: [] },
    });
    const { id } = draft;
    expect((await page(id)).points).toEqual([]);
    const changed = await portal.put(`/campaigns/${id}`, JONAS, {
      ...wanted,
      title: 'Runbooks',
    });
    expect(changed.body).toMatchObject({ title: 'Runbooks', scope: {} });
    await portal.put(`/campaigns/${id}`, JONAS, { ...wanted, scope });

    expect((await move(id, 'done')).status).toBe(409);
    const started = await move(id, 'running');
    expect(started.body).toMatchObject({ state: 'running' });
    expect(started.body.startedAt).toBeDefined();
    expect(portal.sent).toMatchObject([
      {
        recipients: { entityRef: 'group:default/checkout' },
        payload: {
          title: `Campaign started: ${wanted.title}`,
          description: `4 of your 4 components have something left to do until ${wanted.deadline}.`,
          link: `/compliance/campaigns/${id}`,
        },
      },
    ]);
    expect((await move(id, 'running')).status).toBe(409);
    expect((await portal.delete(`/campaigns/${id}`, JONAS)).status).toBe(409);
    const other = { ...wanted, scope, rules: ['runbook'] };
    const refused = await portal.put(`/campaigns/${id}`, JONAS, other);
    expect(refused.status).toBe(409);
    const later = { ...wanted, scope, deadline: addDays(today, 40) };
    const moved = await portal.put(`/campaigns/${id}`, JONAS, later);
    expect(moved.body.deadline).toBe(later.deadline);

    await company.forge.commit('basket', 'docs/runbook.md', '# Runbook\n');
    await company.refresh('basket');
    await company.eventually(
      'basket',
      now => outcome(now, 'runbook').outcome === 'pass',
    );
    const halfway = await page(id);
    expect(halfway.campaign.progress).toEqual({
      ...expected,
      componentsDone: 1,
      pairsDone: 3,
    });
    expect(halfway.points).toEqual([{ day: today, pairs: 7, pairsDone: 3 }]);
    expect(halfway.rules).toEqual([
      { rule: 'catalog-fields', pairs: 4, pairsDone: 2 },
      { rule: 'runbook', pairs: 3, pairsDone: 1 },
    ]);
    const { body } = await portal.get(
      `/campaigns/${id}/components?open=true&owner=group:checkout&limit=1`,
      MAYA,
    );
    expect(campaignComponentsSchema.parse(body)).toMatchObject({
      items: [
        {
          entityRef: 'component:default/open-maps',
          failing: ['catalog-fields', 'runbook'],
        },
      ],
      total: 3,
    });

    expect((await move(id, 'done')).body).toMatchObject({
      state: 'done',
      endedBy: JONAS,
      progress: { pairsDone: 3 },
    });
    await company.forge.commit('open-maps', 'docs/runbook.md', '# Runbook\n');
    await company.refresh('open-maps');
    await company.eventually(
      'open-maps',
      now => outcome(now, 'runbook').outcome === 'pass',
    );
    expect((await page(id)).campaign.progress.pairsDone).toBe(3);
    expect((await move(id, 'running')).status).toBe(409);
    expect((await portal.put(`/campaigns/${id}`, JONAS, later)).status).toBe(
      409,
    );
    const events = portal.audited.map(({ eventId, ok }) => `${eventId} ${ok}`);
    expect(events).toEqual([
      'campaign-create true',
      'campaign-change true',
      'campaign-change true',
      'campaign-state false',
      'campaign-state true',
      'campaign-state false',
      'campaign-delete false',
      'campaign-change false',
      'campaign-change true',
      'campaign-state true',
      'campaign-state false',
      'campaign-change false',
    ]);
  });

  it('that never ran can be deleted or cancelled', async () => {
    const [first, second] = [await make(), await make()];
    const gone = await portal.delete(`/campaigns/${first.id}`, JONAS);
    expect(gone.status).toBe(204);
    expect((await portal.get(`/campaigns/${first.id}`)).status).toBe(404);
    expect((await move(second.id, 'cancelled')).status).toBe(200);
    expect((await page(second.id)).points).toEqual([]);
    expect((await move(second.id, 'running')).status).toBe(409);
  });

  it('remind owners by hand once a day while they run', async () => {
    const { id } = await make();
    const remind = () => portal.post(`/campaigns/${id}/reminders`, JONAS);
    expect((await remind()).status).toBe(409);
    await move(id, 'running');
    portal.sent.length = 0;
    expect((await remind()).body).toEqual({ owners: 2 });
    expect(portal.sent).toHaveLength(2);
    expect((await remind()).status).toBe(409);
    expect((await page(id)).campaign.remindedAt).toBeDefined();
    await move(id, 'cancelled');
  });

  it('tell the platform team once that their deadline is over', async () => {
    const { id } = await make({ title: 'Late' });
    await move(id, 'running');
    await company.stores
      .knex('campaigns')
      .where({ id })
      .update({ deadline: addDays(today, -1) });
    portal.sent.length = 0;
    await portal.run('tidy');
    await portal.run('tidy');
    expect(portal.sent.map(({ payload }) => payload.title)).toEqual([
      'Campaign past its deadline: Late',
    ]);
    // Its words can still be changed.
    const edit = { ...wanted, title: 'Late', deadline: addDays(today, -1) };
    const { status } = await portal.put(`/campaigns/${id}`, JONAS, edit);
    expect(status).toBe(200);
    await move(id, 'done');
  });

  it('do not start when their deadline is over', async () => {
    const { id } = await make();
    await company.stores
      .knex('campaigns')
      .where({ id })
      .update({ deadline: addDays(today, -1) });
    const { status, body } = await move(id, 'running');
    expect([status, body.error.message]).toEqual([
      409,
      'Its deadline is over: give it a later one',
    ]);
  });

  it('show everybody what they may see, and no more', async () => {
    const { id } = await make();
    await move(id, 'running');
    await portal.run('history');
    const of = async (who: Person) => (await page(id, who)).campaign.progress;
    expect((await of(MAYA)).components).toBe(5);
    expect(await of(VISITOR)).toMatchObject({ components: 1 });
    const seen = await page(id, VISITOR);
    expect(seen.owners).toMatchObject([{ components: 1 }]);
    expect(seen.points).toMatchObject([{ pairs: 2 }]);
    const list = await portal.get('/campaigns?state=running', VISITOR);
    expect(campaignsSchema.parse(list.body).items).toMatchObject([
      { id, progress: { components: 1 } },
    ]);
    const components = await portal.get(`/campaigns/${id}/components`, VISITOR);
    expect(components.body).toMatchObject({
      items: [{ title: 'open-maps' }],
      total: 1,
    });
    await move(id, 'done');
    expect(await of(VISITOR)).toMatchObject({ components: 1 });
  });

  it.each<[string, object, string]>([
    ['no rule', { rules: [] }, 'rules: '],
    ['a rule that is none', { rules: ['none'] }, 'there is no rule none'],
    ['no title', { title: ' ' }, 'title: '],
    ['yesterday', { deadline: addDays(today, -1) }, 'must be today or later'],
    ['no day', { deadline: '2027-02-31' }, 'must be a day'],
    ['a month that is none', { deadline: '2027-13-01' }, 'must be a day'],
    ['a strange field', { state: 'done' }, 'state'],
    ['no reference', { scope: { owners: ['::'] } }, 'scope.owners.0: '],
    [
      'an owner that is not there',
      { scope: { owners: ['group:nobody'] } },
      'scope.owners: there is no group or user group:default/nobody',
    ],
    [
      'a component for a system',
      { scope: { systems: ['component:basket'] } },
      'scope.systems: there is no system component:default/basket',
    ],
  ])('refuse %s', async (_, more, words) => {
    const { status, body } = await portal.post('/campaigns', JONAS, {
      ...wanted,
      ...more,
    });
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining(words),
    ]);
  });

  it('promote nothing unless they are done', async () => {
    const { id } = await make();
    const promoting = await move(id, 'running', { promote: true });
    expect(promoting.status).toBe(400);
    expect((await move(id, 'draft')).status).toBe(400);
  });

  it.each<[string, number, number, number, number, number]>([
    ['get /campaigns', 401, 200, 200, 200, 200],
    ['get /campaigns?state=gone', 401, 400, 400, 400, 400],
    ['get /campaigns/:id', 401, 200, 200, 200, 200],
    ['get /campaigns/none', 401, 400, 400, 400, 400],
    ['get /campaigns/:id/components', 401, 200, 200, 200, 200],
    ['get /campaigns/:id/components?open=maybe', 401, 400, 400, 400, 400],
    ['get /rules/promoted', 401, 200, 200, 200, 200],
    ['post /campaigns', 401, 403, 403, 201, 403],
    ['post /campaigns/preview', 401, 403, 403, 200, 403],
    ['put /campaigns/:id', 401, 403, 403, 200, 403],
    ['post /campaigns/:id/reminders', 401, 403, 403, 409, 403],
    ['post /campaigns/:id/state', 401, 403, 403, 400, 403],
    ['delete /campaigns/:id', 401, 403, 403, 204, 403],
  ])(
    '%s: %i, %i for a guest, %i for a team, %i for the platform team, %i for a service',
    async (route, ...statuses) => {
      const { id } = await make();
      const [method, template] = route.split(' ') as ['get' | 'put', string];
      const path = template.replace(':id', id);
      const { rules, scope } = wanted;
      const bodies: Record<string, object> = {
        '/campaigns': wanted,
        '/campaigns/preview': { rules, scope },
        '/campaigns/:id': wanted,
      };
      const actual: number[] = [];
      for (const who of [
        null,
        'user:development/guest',
        MAYA,
        JONAS,
        undefined,
      ] as const) {
        const response =
          method === 'get'
            ? await portal.get(path, who)
            : await portal[method](path, who, bodies[template]);
        actual.push(response.status);
      }
      expect(actual).toEqual(statuses);
    },
  );
});
