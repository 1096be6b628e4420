import { Incident } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { at, deployment, push, REPOSITORY, sha } from '../__testUtils__/github';
import {
  alerts,
  IncidentPortal,
  pagerDuty,
  startIncidentPortal,
} from '../__testUtils__/incidents';
import {
  JONAS,
  service,
  settle,
  storedFacts,
  testDatabases,
} from '../__testUtils__/portal';

jest.setTimeout(60_000);
const open = testDatabases();

describe('incidents of PagerDuty, Alertmanager and GitHub', () => {
  let knex: Knex;
  let portal: IncidentPortal;

  const list = async (name = 'pricing'): Promise<Incident[]> => {
    const { body } = await portal.get(
      `/incidents?entityRef=component:default/${name}&from=2026-09-01&to=2027-01-01`,
    );
    expect(body.error).toBeUndefined();
    return body.items;
  };

  beforeEach(async () => {
    knex = await open();
    portal = await startIncidentPortal(knex);
  });
  afterEach(() => portal.stop());

  it('says when an incident began and ended, in any order and told twice', async () => {
    await portal.deliver(push(0, [1]), 'push');
    await portal.deliver(deployment(70, 1, 1, 'success'), 'deployment');
    const story = [
      pagerDuty('triggered', 80),
      pagerDuty('acknowledged', 82),
      pagerDuty('resolved', 90),
      pagerDuty('reopened', 95, { status: 'triggered' }),
      pagerDuty('priority_updated', 96, {
        status: 'triggered',
        priority: { id: 'P0', summary: 'P0' },
      }),
    ];
    const end = pagerDuty('resolved', 120);
    const late = pagerDuty('delegated', 130, { status: 'resolved' });
    for (const one of [...story].reverse()) await portal.page(one);
    expect((await portal.page(story[0])).body.duplicate).toBe(true);
    await settle(knex, portal);
    const [incident] = await list();
    expect(incident).toMatchObject({
      severity: 'P0',
      title: 'A little bump in the road',
      startedAt: at(80),
      detectedAt: at(80),
      linkedBy: 'window',
      origin: { source: 'pagerduty', externalId: 'PGR0VU2' },
    });
    expect(incident.resolvedAt).toBeUndefined();
    await portal.page(late);
    await portal.page(end);
    await settle(knex, portal);
    expect(await list()).toMatchObject([{ resolvedAt: at(120) }]);
    expect(await list('cart')).toEqual([]);
  });

  it('follows an incident to another service, and drops one that is merged', async () => {
    await portal.page(pagerDuty('triggered', 80));
    await settle(knex, portal);
    expect(await list()).toHaveLength(1);
    const moved = { service: { id: 'PD-elsewhere' } };
    portal.state.entities.push({
      ...service('elsewhere'),
      metadata: {
        name: 'elsewhere',
        annotations: { 'pagerduty.com/service-id': 'PD-elsewhere' },
      },
    });
    await portal.run('components');
    await portal.page(
      pagerDuty('service_updated', 85, { ...moved, status: 'triggered' }),
    );
    await settle(knex, portal);
    expect(await list()).toEqual([]);
    expect(await list('elsewhere')).toMatchObject([{ startedAt: at(80) }]);
    const resolve_reason = { type: 'merge_resolve_reason' };
    await portal.page(pagerDuty('resolved', 90, { ...moved, resolve_reason }));
    await settle(knex, portal);
    expect(await list('elsewhere')).toEqual([]);
  });

  it('makes each alert of a group an incident of its component, also over the turn of a month', async () => {
    await portal.deliver(push(0, [1]), 'push');
    await portal.deliver(deployment(70, 1, 1, 'success'), 'deployment');
    const cause = { caused_by: sha(1) };
    const november = '2026-11-02T00:00:00.000Z';
    const group = alerts(
      [{ service: 'pricing' }, at(80)],
      [{ service: 'cart' }, at(81), at(85)],
      [{ service: 'component:default/cart', ...cause }, at(6000), november],
      [{ service: 'pricing', severity: 'warning' }, at(82)],
      [{ service: 'nobody' }, at(83)],
    );
    await portal.alert(group);
    await settle(knex, portal);
    expect(await list()).toMatchObject([
      { title: 'Alert 0', severity: 'critical', linkedBy: 'window' },
    ]);
    expect(await list('cart')).toMatchObject([
      { startedAt: at(6000), resolvedAt: november, linkedBy: 'stated' },
      { startedAt: at(81), resolvedAt: at(85), linkedBy: 'window' },
    ]);
    await portal.alert(alerts([{ service: 'pricing' }, at(80), at(99)]));
    await portal.alert(alerts([{ service: 'pricing' }, at(200)]));
    await settle(knex, portal);
    const found = await list();
    expect(found.map(one => [one.startedAt, one.resolvedAt])).toEqual([
      [at(200), undefined],
      [at(80), at(99)],
    ]);
    const facts = await storedFacts(knex);
    await portal.post('/rebuild', JONAS);
    await settle(knex, portal);
    expect(await storedFacts(knex)).toBe(facts);
  });

  it('counts an issue of GitHub with its label, and blames what it names', async () => {
    await portal.deliver(push(0, [1]), 'push');
    await portal.deliver(deployment(70, 1, 1, 'success'), 'first');
    await portal.deliver(deployment(100, 2, 1, 'success'), 'second');
    const issue = (minutes: number, action: string, more: object = {}) => ({
      event: 'issues',
      body: {
        action,
        issue: {
          number: 7,
          html_url: `https://${REPOSITORY}/issues/7`,
          title: 'Prices are wrong',
          body: 'Caused by: 1\nAffects: pricing, stranger',
          state: 'open',
          labels: [{ name: 'incident' }, { name: 'sev1' }],
          created_at: at(110),
          updated_at: at(minutes),
          ...more,
        },
        repository: { html_url: `https://${REPOSITORY}` },
      },
    });
    const closed = { state: 'closed', closed_at: at(130) };
    await portal.deliver(issue(130, 'closed', closed), 'closed');
    await portal.deliver(issue(110, 'opened'), 'opened');
    await settle(knex, portal);
    const [{ id }] = await knex('deployments')
      .where({ external_id: `${REPOSITORY}/deployments/1` })
      .where({ entity_ref: 'component:default/pricing' });
    expect(await list()).toMatchObject([
      {
        severity: 'sev1',
        startedAt: at(110),
        resolvedAt: at(130),
        deploymentId: id,
        linkedBy: 'stated',
      },
    ]);
    expect(await list('cart')).toEqual([]);
    const both = { ...closed, body: 'Caused by: 1' };
    await portal.deliver(issue(135, 'edited', both), 'edited');
    await settle(knex, portal);
    expect(await list('cart')).toMatchObject([{ resolvedAt: at(130) }]);
    const gone = { ...closed, labels: [] };
    const unlabeled = issue(140, 'unlabeled', gone);
    Object.assign(unlabeled.body, { label: { name: 'incident' } });
    await portal.deliver(unlabeled, 'unlabeled');
    await settle(knex, portal);
    expect(await list()).toEqual([]);
  });
});
