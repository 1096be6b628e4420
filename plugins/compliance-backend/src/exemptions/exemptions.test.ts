import { exemptionSchema } from '@waymark/backstage-plugin-compliance-common';
import { Company, outcome, startCompany } from '../__testUtils__/company';
import { testDatabases } from '../__testUtils__/database';
import { Person } from '../__testUtils__/portal';
import { addDays, dayOf } from '../database/time';

const open = testDatabases();

describe('exemptions', () => {
  let company: Company;
  let { portal, stores, report, eventually } = {} as Company;

  beforeAll(async () => {
    company = await startCompany(open);
    ({ portal, stores, report, eventually } = company);
  });
  afterAll(() => company.stop());

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
    ['no day', { until: '2027-02-31' }, 400, 'until: must be a day such as'],
    ['no month', { until: '2027-13-01' }, 400, 'until: must be a day such as'],
    ['no date', { until: 'next week' }, 400, 'until: must be a day such as'],
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

  it('are exported whole or, on demand, not at all', async () => {
    const whole = '/exemptions/export?complete=true';
    expect((await portal.get(whole)).status).toBe(200);
    const refused = await portal.get(whole, 'user:default/visitor');
    expect(refused.body.error.message).toBe('You may not read every component');
    expect(refused.status).toBe(403);
    const part = '/exemptions/export?complete=false';
    expect((await portal.get(part, 'user:default/visitor')).status).toBe(200);
  });
});
