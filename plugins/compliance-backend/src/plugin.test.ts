import {
  componentPageSchema,
  ComponentReport,
  healthSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { Company, outcome, startCompany } from './__testUtils__/company';
import { testDatabases } from './__testUtils__/database';

const open = testDatabases();

describe('compliance', () => {
  let company: Company;
  let { forge, portal, stores, report, refresh, eventually } = {} as Company;

  beforeAll(async () => {
    company = await startCompany(open);
    ({ forge, portal, stores, report, refresh, eventually } = company);
  });
  afterAll(() => company.stop());

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
