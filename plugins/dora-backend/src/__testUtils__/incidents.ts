import { createHmac } from 'node:crypto';
import incidentsModule from '@waymark/backstage-plugin-dora-backend-module-incidents';
import { Knex } from 'knex';
import { at, SECRET } from './github';
import { service, startPortal } from './portal';

/** Of PagerDuty's subscriptions. */
export const KEYS = ['a-key-of-pagerduty', 'the-key-that-is-next'];
/** Of Alertmanager. */
export const TOKENS = ['token-of-alertmanager', 'token-that-comes-next'];

export const signature = (text: string, key: string) =>
  `v1=${createHmac('sha256', key).update(text).digest('hex')}`;

/** A webhook of PagerDuty, by its event and when that was. */
export const pagerDuty = (
  type: string,
  minutes: number,
  { id = `${type}-${minutes}`, ...data }: Record<string, unknown> = {},
) => ({
  event: {
    id,
    event_type: `incident.${type}`,
    occurred_at: at(minutes),
    data: {
      id: 'PGR0VU2',
      type: 'incident',
      html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
      status: type,
      created_at: at(80),
      title: 'A little bump in the road',
      service: { id: 'PD-pricing', summary: 'Pricing' },
      priority: { id: 'P', summary: 'P1' },
      urgency: 'high',
      ...data,
    },
  },
});

/** A group of alerts: labels, when each began, and when it was over. */
export const alerts = (...all: [object, string, string?][]) => ({
  version: '4',
  status: 'firing',
  alerts: all.map(([labels, startsAt, endsAt], i) => ({
    status: endsAt ? 'resolved' : 'firing',
    labels: { alertname: 'Down', severity: 'critical', ...labels },
    annotations: { summary: `Alert ${i}` },
    startsAt,
    endsAt: endsAt ?? '0001-01-01T00:00:00Z',
    generatorURL: 'https://prometheus.example.com/graph',
    fingerprint: JSON.stringify(labels),
  })),
});

/** A portal of two services with all sources of incidents, and how they send. */
export async function startIncidentPortal(knex: Knex) {
  const portal = await startPortal({
    knex,
    modules: [incidentsModule],
    dora: {
      sources: {
        github: { secrets: [SECRET] },
        pagerduty: { secrets: KEYS },
        alertmanager: { tokens: TOKENS },
      },
    },
    entities: [service('pricing'), service('cart', 'cart/')],
  });
  await portal.run('components');
  return {
    ...portal,
    page: (payload: object, key = KEYS[0]) => {
      const text = JSON.stringify(payload);
      return portal.hook('pagerduty', text, {
        'x-pagerduty-signature': signature(text, key),
      });
    },
    alert: (payload: object, token = TOKENS[0]) =>
      portal.hook('alertmanager', payload, {
        authorization: `Bearer ${token}`,
      }),
  };
}
export type IncidentPortal = Awaited<ReturnType<typeof startIncidentPortal>>;
