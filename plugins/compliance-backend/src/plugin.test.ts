import {
  componentPageSchema,
  ComponentReport,
  componentReportSchema,
  exemptionSchema,
  healthSchema,
  historySchema,
  rulePageSchema,
  RulesAnswer,
  rulesSchema,
  summarySchema,
} from '@waymark/backstage-plugin-compliance-common';
import { testDatabases } from './__testUtils__/database';
import {
  group,
  Person,
  Portal,
  service,
  startPortal,
  startTestForge,
  TestForge,
} from './__testUtils__/portal';
import { addDays, dayOf } from './database/time';

const open = testDatabases();

describe('compliance', () => {
  let forge: TestForge;
  let portal: Portal;
  let stores: Awaited<ReturnType<typeof open>>;

  const report = async (name: string): Promise<ComponentReport> => {
    const { body, status } = await portal.get(
      `/scores/component/default/${name}`,
    );
    expect(body.error).toBeUndefined();
    expect(status).toBe(200);
    return componentReportSchema.parse(body);
  };
  const refresh = (name: string) =>
    portal.post(`/scores/component/default/${name}/refresh`);
  /** What happens after an event takes a moment. */
  const eventually = async (
    name: string,
    condition: (now: ComponentReport) => boolean,
  ) => {
    const end = Date.now() + 20_000;
    for (;;) {
      const now = await report(name);
      if (condition(now)) return now;
      if (Date.now() > end) throw new Error(JSON.stringify(now, null, 1));
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  };
  const outcome = ({ verdicts }: ComponentReport, rule: string) =>
    verdicts.find(verdict => verdict.rule === rule)!;

  beforeAll(async () => {
    forge = await startTestForge();
    for (const name of ['basket', 'open-maps', 'labels']) {
      await forge.repository(name);
      await forge.commit(name, 'README.md', `# ${name}\n`);
    }
    stores = await open();
    portal = await startPortal({
      forge,
      knex: stores.knex,
      entities: [
        group('checkout'),
        group('delivery'),
        service(forge, 'basket'),
        service(forge, 'open-maps', { description: '' }),
        service(forge, 'labels', { owner: 'group:default/delivery' }),
        service(forge, 'curious', { source: `${forge.url}/other/secret` }),
        {
          ...service(forge, 'paper'),
          metadata: { namespace: 'default', name: 'paper' },
        },
      ],
    });
    await portal.run('components');
    await portal.run('work');
  });
  afterAll(async () => {
    await portal.stop();
    await forge.stop();
  });

  it('judges what it has learned, and says where from', async () => {
    const basket = await report('basket');
    expect(outcome(basket, 'catalog-fields').outcome).toBe('pass');
    expect(outcome(basket, 'owner-is-a-group').outcome).toBe('pass');
    expect(outcome(basket, 'pipeline')).toMatchObject({
      outcome: 'fail',
      findings: [{ message: expect.any(String) }],
    });
    expect(outcome(basket, 'protected-main-branch').outcome).toBe('fail');
    expect(outcome(basket, 'pinned-image').outcome).toBe('not-applicable');
    expect(basket.origins).toHaveLength(5);
    const repository = basket.origins.find(o => o.part === 'repository');
    expect(repository?.source).toMatch(/tidewater\/basket.* @ [0-9a-f]{12}$/);

    const maps = await report('open-maps');
    expect(outcome(maps, 'catalog-fields').outcome).toBe('fail');
    expect(maps.total.score).toBeLessThan(basket.total.score!);
  });

  it('has no opinion on files that are not there, or not to be seen', async () => {
    const paper = await report('paper');
    expect(outcome(paper, 'pipeline').outcome).toBe('not-applicable');
    const curious = await report('curious');
    expect(outcome(curious, 'pipeline')).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('another organisation'),
    });
    expect(outcome(curious, 'catalog-fields').outcome).toBe('pass');
  });

  it('has a new verdict soon after a push, and says what changed', async () => {
    expect(outcome(await report('basket'), 'pipeline').outcome).toBe('fail');
    await forge.commit(
      'basket',
      '.github/workflows/ci.yaml',
      'on: [push, pull_request]\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make test\n',
    );
    const began = Date.now();
    await portal.events.publish(forge.push('basket'));
    const basket = await eventually('basket', now =>
      now.changes.some(({ rule }) => rule === 'pipeline'),
    );
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(outcome(basket, 'pipeline').outcome).toBe('pass');
    expect(basket.changes).toContainEqual({
      rule: 'pipeline',
      from: 'fail',
      to: 'pass',
      why: 'facts',
      at: expect.any(String),
    });
  });

  it('learns how the Git host guards the main branch', async () => {
    const before = await report('labels');
    expect(outcome(before, 'protected-main-branch').outcome).toBe('fail');
    await forge.api('PUT', '/repos/tidewater/labels/branches/main/protection', {
      required_status_checks: { strict: true, contexts: ['ci'] },
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 1 },
      restrictions: null,
    });
    const { status } = await portal.post(
      '/scores/component/default/labels/refresh',
      'user:default/priya',
    );
    expect(status).toBe(202);
    const labels = await eventually(
      'labels',
      now => outcome(now, 'protected-main-branch').outcome === 'pass',
    );
    expect(outcome(labels, 'reviewed-changes').outcome).toBe('pass');
    // Nothing was read again that had not changed.
    const commit = (all: ComponentReport) =>
      all.origins.find(({ part }) => part === 'repository')?.source;
    expect(commit(labels)).toBe(commit(before));
  });

  it('does not know what a collector cannot learn, and knows it again later', async () => {
    await forge.remove('open-maps');
    await refresh('open-maps');
    const gone = await eventually(
      'open-maps',
      now => outcome(now, 'pipeline').outcome === 'unknown',
    );
    expect(outcome(gone, 'pipeline').reason).toMatch(/There is nothing at/);
    expect(outcome(gone, 'catalog-fields').outcome).toBe('fail');
    const { body } = await portal.get('/health', 'user:default/jonas');
    const { collectors } = healthSchema.parse(body);
    expect(collectors.find(({ part }) => part === 'repository')).toMatchObject({
      failed: 2,
      errors: expect.arrayContaining([
        { message: expect.stringContaining('nothing at'), components: 1 },
      ]),
    });

    await forge.repository('open-maps');
    await forge.commit('open-maps', 'README.md', '# Maps');
    await refresh('open-maps');
    await eventually(
      'open-maps',
      now => outcome(now, 'pipeline').outcome === 'fail',
    );
  });

  it('keeps what it knows of a component while the catalog does not answer', async () => {
    const [{ id }] = await stores
      .knex('components')
      .where({ entity_ref: 'component:default/labels' })
      .select('id');
    portal.state.catalogFails = true;
    await expect(portal.run('components')).rejects.toThrow('ECONNREFUSED');
    await stores.work.want(
      { entityRefs: ['component:default/labels'] },
      { collect: true, urgent: true },
    );
    await portal.run('work');
    portal.state.catalogFails = false;
    const facts = (await stores.facts.read([id])).get(id)!;
    expect(facts.filter(fact => 'error' in fact)).toEqual([
      expect.objectContaining({ part: 'catalog' }),
    ]);
    const labels = await report('labels');
    expect(outcome(labels, 'owner-is-a-group').outcome).toBe('unknown');
    expect(outcome(labels, 'protected-main-branch').outcome).toBe('pass');
    await refresh('labels');
    await eventually(
      'labels',
      now => outcome(now, 'owner-is-a-group').outcome === 'pass',
    );
  });

  it('looks again when the owner comes into the catalog', async () => {
    const { entities } = portal.state;
    portal.state.entities = entities.filter(({ kind }) => kind !== 'Group');
    await portal.run('components');
    await portal.run('work');
    const orphan = await report('basket');
    expect(outcome(orphan, 'owner-is-a-group').outcome).toBe('fail');
    portal.state.entities = entities;
    await portal.run('components');
    await portal.run('work');
    const owned = await report('basket');
    expect(outcome(owned, 'owner-is-a-group').outcome).toBe('pass');
  });

  it('takes a component out with its entity', async () => {
    const { entities } = portal.state;
    portal.state.entities = entities.filter(
      ({ metadata }) => metadata.name !== 'paper',
    );
    await portal.run('components');
    const { body } = await portal.get('/scores?limit=200');
    expect(
      componentPageSchema.parse(body).items.map(c => c.title),
    ).not.toContain('paper');
    portal.state.entities = entities;
    await portal.run('components');
    await portal.run('work');
    await report('paper');
  });

  describe('exemptions', () => {
    const wanted = {
      entityRef: 'component:default/basket',
      rule: 'protected-main-branch',
      reason: 'The Git host moves next month.',
      until: addDays(dayOf(new Date()), 10),
    };
    const ask = (who?: Person | null, more: object = {}) =>
      portal.post('/exemptions', who, { ...wanted, ...more });
    const decide = (
      id: string,
      decision: string,
      who: Person = 'user:default/jonas',
    ) =>
      portal.post(`/exemptions/${id}/decision`, who, {
        decision,
        comment: 'Until then.',
      });

    it('are asked for by owners, approved by the platform team, and end by themselves', async () => {
      const asked = await ask('user:default/maya');
      expect(asked.status).toBe(201);
      const exemption = exemptionSchema.parse(asked.body);
      expect(exemption).toMatchObject({
        state: 'requested',
        requestedBy: 'user:default/maya',
      });
      expect((await ask('user:default/maya')).status).toBe(409);
      const before = await report('basket');
      expect(outcome(before, wanted.rule).outcome).toBe('fail');

      const { id } = exemption;
      expect((await decide(id, 'end')).status).toBe(409);
      const approved = await decide(id, 'approve');
      expect(approved.body).toMatchObject({ state: 'approved' });
      expect((await decide(id, 'approve')).status).toBe(409);
      const exempt = await eventually(
        'basket',
        now => outcome(now, wanted.rule).outcome === 'exempt',
      );
      expect(outcome(exempt, wanted.rule)).toMatchObject({
        exemptUntil: wanted.until,
        reason: wanted.reason,
      });
      expect(exempt.changes[0]).toMatchObject({ why: 'exemption' });
      expect(exempt.total.score).toBeGreaterThan(before.total.score!);
      expect((await portal.get('/exemptions/export')).body).toEqual([
        {
          rule: wanted.rule,
          service: 'basket',
          until: wanted.until,
          reason: wanted.reason,
        },
      ]);

      // Ten days are less than two weeks: its owners are told, once.
      await portal.run('tidy');
      await portal.run('tidy');
      const titles = portal.sent.map(({ payload }) => payload.title);
      expect(titles).toEqual([
        expect.stringMatching(/^Exemption asked for: basket/),
        expect.stringMatching(/^Exemption approved until/),
        expect.stringMatching(/^Exemption ends on/),
      ]);
      expect(portal.sent[2].recipients).toMatchObject({
        entityRef: ['user:default/maya', 'group:default/checkout'],
      });

      await stores
        .knex('exemptions')
        .update({ until: addDays(dayOf(new Date()), -1) });
      expect((await portal.get('/exemptions/export')).body).toEqual([]);
      await portal.run('tidy');
      await eventually(
        'basket',
        now => outcome(now, wanted.rule).outcome === 'fail',
      );
      const { body } = await portal.get(
        '/exemptions?entityRef=component:basket',
        'user:default/priya',
      );
      expect(body.items).toMatchObject([{ id, state: 'expired' }]);
      expect(portal.audited.map(({ eventId, ok }) => [eventId, ok])).toEqual([
        ['exemption-request', true],
        ['exemption-request', false],
        ['exemption-decision', false],
        ['exemption-decision', true],
        ['exemption-decision', false],
      ]);
    });

    it.each<[string, object, number, string]>([
      ['a rule that is none', { rule: 'none' }, 400, 'there is no rule'],
      ['a short reason', { reason: 'Because' }, 400, 'reason: '],
      ['yesterday', { until: '2020-01-01' }, 400, 'until: '],
      ['no day', { until: '2027-02-31' }, 400, 'until: '],
      [
        'more than 180 days',
        { until: addDays(dayOf(new Date()), 181) },
        400,
        'at most 180 days',
      ],
      ['more', { state: 'approved' }, 400, 'state'],
      ['what is no component', { entityRef: 'group:checkout' }, 404, 'no comp'],
      ['what is not there', { entityRef: 'component:x' }, 404, 'no component'],
      ['what is of others', { entityRef: 'component:labels' }, 403, 'Only mem'],
    ])('refuses %s', async (_, more, status, words) => {
      const response = await ask('user:default/maya', more);
      expect(response.body.error.message).toContain(words);
      expect(response.status).toBe(status);
    });

    it('are not approved by who asked', async () => {
      const asked = await ask('user:default/maya', { rule: 'runbook' });
      await stores
        .knex('exemptions')
        .where({ id: asked.body.id })
        .update({ requested_by: 'user:default/jonas' });
      const { status } = await decide(asked.body.id, 'approve');
      expect(status).toBe(403);
      expect((await decide(asked.body.id, 'deny')).status).toBe(200);
    });
  });

  it('shows everybody what they may see, and no more', async () => {
    await portal.run('history');
    const page = async (who?: Person, query = '') => {
      const { body } = await portal.get(`/scores?order=desc${query}`, who);
      return componentPageSchema.parse(body);
    };
    const all = await page('user:default/priya');
    expect(all.total).toBe(5);
    expect(all.items[0].tracks).toHaveLength(5);
    const few = await page('user:default/visitor');
    expect(few.items.map(({ title }) => title)).toEqual(['open-maps']);
    expect(few.total).toBe(1);

    const filtered = await page(undefined, '&owner=group:delivery&sort=failed');
    expect(filtered.items.map(({ title }) => title)).toEqual(['labels']);
    const failing = await page(
      undefined,
      '&rule=catalog-fields&outcome=fail&search=MAPS&madeFrom=nothing',
    );
    expect(failing.total).toBe(1);

    const summary = async (who?: Person) =>
      summarySchema.parse((await portal.get('/summary', who)).body);
    const company = await summary('user:default/maya');
    expect(company.components).toBe(5);
    expect(company.groups).toMatchObject([
      { ref: 'group:default/checkout', title: 'Team checkout', components: 4 },
      { ref: 'group:default/delivery', title: 'Team delivery', components: 1 },
    ]);
    // The numbers of the page add up.
    const sum = (name: 'failed' | 'components') =>
      company.groups.reduce((total, one) => total + one[name], 0);
    expect(sum('failed')).toBe(company.total.failed);
    expect((await summary('user:default/visitor')).components).toBe(1);

    const rules = async (who?: Person) =>
      rulesSchema.parse((await portal.get('/rules', who)).body);
    const outcomes = (answer: RulesAnswer) =>
      answer.rules.find(({ id }) => id === 'catalog-fields')!.outcomes;
    expect(outcomes(await rules())).toMatchObject({ pass: 3, fail: 2 });
    expect(outcomes(await rules('user:default/visitor'))).toMatchObject({
      pass: 0,
      fail: 1,
    });
    const rule = async (who: Person) =>
      rulePageSchema.parse(
        (await portal.get('/rules/catalog-fields?outcome=pass', who)).body,
      );
    expect((await rule('user:default/maya')).total).toBe(3);
    expect((await rule('user:default/visitor')).items).toEqual([]);

    const history = async (query: string, who?: Person) =>
      historySchema.parse((await portal.get(`/history${query}`, who)).body);
    expect((await history('')).points).toMatchObject([{ components: 5 }]);
    const visitor = 'user:default/visitor';
    expect((await history('', visitor)).points).toMatchObject([
      { components: 1, score: (await report('open-maps')).total.score },
    ]);
    const own = await history('?owner=group:delivery', visitor);
    expect(own.points).toEqual([]);
    for (const path of [
      '/scores/component/default/basket',
      '/history?entityRef=component:basket',
    ]) {
      expect((await portal.get(path, visitor)).status).toBe(404);
    }
    expect((await portal.get('/health', visitor)).status).toBe(403);
    const exempt = await portal.get('/exemptions', visitor);
    expect(exempt.body.items).toEqual([]);
    // A list to build from is whole, or refused.
    const whole = '/exemptions/export?complete=true';
    expect((await portal.get(whole, visitor)).status).toBe(403);
    expect((await portal.get(whole)).status).toBe(200);
  });

  it('has nothing to say yet of what the catalog has just got', async () => {
    const { entities } = portal.state;
    const [first] = entities.filter(({ kind }) => kind === 'Component');
    portal.state.entities = [
      ...entities,
      { ...first, metadata: { ...first.metadata, name: 'newborn' } },
    ];
    const path = '/scores/component/default/newborn';
    const { status, text } = await portal.get(path);
    portal.state.entities = entities;
    expect({ status, text }).toEqual({ status: 204, text: '' });
  });

  it.each<[string, number, number, number]>([
    ['get /scores', 401, 200, 200],
    ['get /scores/component/default/basket', 401, 200, 200],
    ['get /scores/component/default/none', 401, 404, 404],
    ['get /scores?limit=0', 401, 400, 400],
    ['get /scores?sort=owner', 401, 400, 400],
    ['get /scores?level=gold', 401, 400, 400],
    ['get /history', 401, 200, 200],
    ['get /history?entityRef=::', 401, 400, 400],
    ['get /history?owner=group:a&system=system:b', 401, 400, 400],
    ['get /summary?by=system', 401, 200, 200],
    ['get /summary?by=nothing', 401, 400, 400],
    ['get /rules', 401, 200, 200],
    ['get /rules/runbook', 401, 200, 200],
    ['get /rules/none', 401, 404, 404],
    ['get /health', 401, 200, 200],
    ['get /exemptions', 401, 200, 200],
    ['get /exemptions?state=gone', 401, 400, 400],
    ['get /exemptions/export', 401, 200, 200],
    ['post /scores/component/default/basket/refresh', 401, 202, 202],
    ['post /exemptions', 401, 400, 403],
    ['post /exemptions/1/decision', 401, 400, 403],
    [
      'post /exemptions/9f1c46f4-1d7a-4c6c-9d4b-0f5f3f4c7a10/decision',
      401,
      403,
      403,
    ],
    ['get /nothing', 401, 404, 404],
  ])('%s: %i, %i for a user, %i for a service', async (route, ...statuses) => {
    const [method, path] = route.split(' ') as ['get' | 'post', string];
    const body = path.endsWith('decision') ? { decision: 'deny' } : {};
    const actual: number[] = [];
    for (const who of [null, 'user:default/maya', undefined] as const) {
      const response =
        method === 'get'
          ? await portal.get(path, who)
          : await portal.post(path, who, body);
      actual.push(response.status);
    }
    expect(actual).toEqual(statuses);
  });
});
