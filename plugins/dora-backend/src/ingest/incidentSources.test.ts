import incidentsModule from '@waymark/backstage-plugin-dora-backend-module-incidents';
import { Knex } from 'knex';
import { at } from '../__testUtils__/github';
import {
  alerts,
  IncidentPortal,
  KEYS,
  pagerDuty,
  signature,
  startIncidentPortal,
  TOKENS,
} from '../__testUtils__/incidents';
import {
  JONAS,
  settle,
  startPortal,
  testDatabases,
} from '../__testUtils__/portal';

jest.setTimeout(60_000);
const open = testDatabases();

describe('PagerDuty and Alertmanager', () => {
  let knex: Knex;
  let portal: IncidentPortal;

  beforeEach(async () => {
    knex = await open();
    portal = await startIncidentPortal(knex);
  });
  afterEach(() => portal.stop());

  it('takes what PagerDuty signed with any key, and nothing else', async () => {
    const text = JSON.stringify(pagerDuty('triggered', 80));
    const send = async (sign?: string, body = text) => {
      const headers: Record<string, string> = sign
        ? { 'x-pagerduty-signature': sign }
        : {};
      return (await portal.hook('pagerduty', body, headers)).status;
    };
    const good = signature(text, KEYS[1]);
    const other = signature(text, 'a-key-of-somebody');
    expect(await send()).toBe(401);
    for (const forged of [
      other,
      good.slice(3),
      good.replace('v1=', 'v2='),
      good.slice(0, -1),
      'v1=',
      ',',
      [...Array(10).fill(other), good].join(','),
    ]) {
      expect([forged, await send(forged)]).toEqual([forged, 403]);
    }
    expect(await send(good, `${text} `)).toBe(403);
    expect(await send(signature('', KEYS[0]), '')).toBe(403);
    expect(await knex('inbox').select()).toEqual([]);
    expect(await send(good)).toBe(202);
    expect(await send(`${other},${good}`)).toBe(202);
    expect(await send(`${signature(text, KEYS[0])}, ${other}`)).toBe(202);
    expect(await knex('inbox').select('delivery_id', 'event')).toEqual([
      { delivery_id: 'triggered-80', event: 'incident.triggered' },
    ]);
  });

  it('takes what Alertmanager sends with any token, and nothing else', async () => {
    const body = alerts([{ service: 'pricing' }, at(80)]);
    const send = async (headers: Record<string, string>) =>
      (await portal.hook('alertmanager', body, headers)).status;
    expect(await send({})).toBe(401);
    for (const authorization of [
      'Bearer token-of-somebody-else',
      `Bearer ${TOKENS[0].slice(1)}`,
      `Bearer ${TOKENS.join(' ')}`,
      `Basic ${TOKENS[0]}`,
      'Bearer',
    ]) {
      expect(await send({ authorization })).toBe(403);
    }
    expect(await knex('inbox').select()).toEqual([]);
    expect((await portal.alert(body, TOKENS[0])).body.duplicate).toBe(false);
    expect((await portal.alert(body, TOKENS[1])).body.duplicate).toBe(true);
  });

  it('is not open for a source without secrets', async () => {
    const sources = { pagerduty: { secrets: [] }, alertmanager: {} };
    const without = await startPortal({
      knex,
      modules: [incidentsModule],
      dora: { sources },
    });
    try {
      for (const source of ['pagerduty', 'alertmanager']) {
        const path = `/webhooks/${source}`;
        expect((await without.post(path, null)).status).toBe(401);
        expect((await without.post(path)).status).toBe(404);
      }
    } finally {
      await without.stop();
    }
  });

  it.each([
    [
      'pagerduty',
      { secrets: ['too-short'] },
      'secrets: at least 16 characters',
    ],
    [
      'alertmanager',
      { tokens: Array(21).fill(TOKENS[0]) },
      'tokens: at most 20',
    ],
  ])('does not start with wrong secrets of %s', async (source, its, why) => {
    const starting = startPortal({
      knex,
      modules: [incidentsModule],
      dora: { sources: { [source]: its } },
    });
    await expect(starting).rejects.toThrow(`dora.sources.${source}.${why}`);
  });

  it('keeps what it cannot read, and says why', async () => {
    await portal.page({ event: { id: 'x', event_type: 'incident.triggered' } });
    await portal.page(pagerDuty('annotated', 80, { type: 'incident_note' }));
    await portal.alert({ version: '3', alerts: [] });
    await portal.alert(alerts([{ severity: 'info' }, at(1)]));
    await settle(knex, portal);
    const { body } = await portal.get('/deliveries', JONAS);
    expect(
      body.items.map((one: { state: string; reason: string }) =>
        [one.state, one.reason].join(': '),
      ),
    ).toEqual([
      'ignored: None of the alerts is of those that are incidents',
      expect.stringMatching(/^quarantined: version: /),
      'ignored: Events of type incident.annotated are not counted',
      expect.stringMatching(/^quarantined: event.occurred_at: /),
    ]);
  });
});
