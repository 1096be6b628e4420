const user = {
  html_url: 'https://acme.pagerduty.com/users/PLH1HKV',
  id: 'PLH1HKV',
  self: 'https://api.pagerduty.com/users/PLH1HKV',
  summary: 'Tenex Engineer',
  type: 'user_reference',
};

/** The incident of PagerDuty's documentation of its webhooks, version 3. */
export const PAGERDUTY_INCIDENT = {
  id: 'PGR0VU2',
  type: 'incident',
  self: 'https://api.pagerduty.com/incidents/PGR0VU2',
  html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
  number: 2,
  status: 'triggered',
  incident_key: 'd3640fbd41094207a1c11e58e46b1662',
  created_at: '2020-04-09T15:16:27Z',
  reopened_at: '2020-10-02T18:45:22Z',
  title: 'A little bump in the road',
  incident_type: { name: 'major' },
  service: {
    html_url: 'https://acme.pagerduty.com/services/PF9KMXH',
    id: 'PF9KMXH',
    self: 'https://api.pagerduty.com/services/PF9KMXH',
    summary: 'API Service',
    type: 'service_reference',
  },
  assignees: [user],
  escalation_policy: {
    html_url: 'https://acme.pagerduty.com/escalation_policies/PUS0KTE',
    id: 'PUS0KTE',
    self: 'https://api.pagerduty.com/escalation_policies/PUS0KTE',
    summary: 'Default',
    type: 'escalation_policy_reference',
  },
  teams: [],
  priority: {
    html_url: 'https://acme.pagerduty.com/account/incident_priorities',
    id: 'PSO75BM',
    self: 'https://api.pagerduty.com/priorities/PSO75BM',
    summary: 'P1',
    type: 'priority_reference',
  },
  urgency: 'high',
  conference_bridge: {
    conference_number: '+1 1234123412,,987654321#',
    conference_url: 'https://example.com',
  },
  resolve_reason: null,
};

/** A webhook of PagerDuty, as its documentation has it. */
export function pagerDuty(
  event_type: string,
  data: object = {},
  occurred_at = '2020-10-02T18:45:22.169Z',
) {
  return {
    event: {
      id: '5ac64822-4adc-4fda-ade0-410becf0de4f',
      event_type,
      resource_type: event_type.split('.')[0],
      occurred_at,
      agent: user,
      client: { name: 'PagerDuty' },
      data: { ...PAGERDUTY_INCIDENT, ...data },
    },
  };
}

/** An alert as Alertmanager's documentation has it. */
export const ALERT = {
  status: 'firing',
  labels: {
    alertname: 'ErrorBudgetBurn',
    service: 'pricing',
    namespace: 'shop',
    severity: 'page',
  },
  annotations: { summary: 'pricing burns its error budget' },
  startsAt: '2018-08-03T09:52:26.739266876+02:00',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example.com/graph?g0.expr=x&g0.tab=1',
  fingerprint: '1a30ba71cca2921f',
};

/** A group of alerts, version 4. */
export function alertmanager(...alerts: object[]) {
  const all = alerts.map(alert => ({ ...ALERT, ...alert }));
  return {
    receiver: 'pages',
    status: all.some(({ status }) => status === 'firing')
      ? 'firing'
      : 'resolved',
    alerts: all,
    groupLabels: { service: 'pricing' },
    commonLabels: { service: 'pricing' },
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example.com:9093',
    version: '4',
    groupKey: '{}/{severity="page"}:{service="pricing"}',
    truncatedAlerts: 0,
  };
}
