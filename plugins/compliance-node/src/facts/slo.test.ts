import { memorySource } from './FileSource';
import { readSloFacts } from './readSloFacts';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'shop',
    annotations: {
      'grafana/dashboard-selector': 'shop',
      'pagerduty.com/service-id': ' ',
    },
    links: [{ url: 'https://d.example/shop', title: 'Dashboard' }],
  },
};
const owner = {
  ...entity,
  metadata: {
    name: 'team',
    annotations: { 'pagerduty.com/service-id': 'PTWPAY1' },
  },
};
const rules = `groups:
  - name: shop
    rules:
      - record: a
        expr: b
      - alert: Slow
        expr: rate(a[5m]) > 1
        labels: {severity: page, level: 1}
        annotations: {runbook_url: https://r.example}
`;

describe('readSloFacts', () => {
  it('finds objectives, alerts, dashboards and who is paged', async () => {
    const source = memorySource({
      'slo/slo.yaml':
        'apiVersion: openslo/v1\nkind: SLO\n---\nkind: Service\n---\n',
      'monitoring/sloth.yaml': 'version: prometheus/v1\nslos: []\n',
      'monitoring/alerts.yaml': rules,
      'monitoring/alerts_test.yaml': 'tests: [{}]\ngroups: nonsense\n',
      'monitoring/dashboard.json': '{"panels": []}',
      'monitoring/large.json': ' '.repeat(300 * 1024),
      'monitoring/alertmanager.yaml':
        'receivers:\n  - {name: none}\n  - {name: team, pagerduty_configs: [{}]}\n',
      'deploy/alerts.yaml': rules.replace('Slow', 'Slower'),
      'deploy/chart/templates/alerts.yaml': '{{ include "alerts" . }}\n',
      'src/slo/x.yaml': 'apiVersion: openslo/v1\n',
    });
    const releases = [
      {
        environment: 'production',
        objects: [
          {
            kind: 'PrometheusRule',
            spec: { groups: [{ rules: [{ alert: 'Down', expr: 0 }] }] },
          },
        ],
        templates: ['chart/templates/rules.yaml'],
      },
    ];
    expect(await readSloFacts(source, { entity, owner, releases })).toEqual({
      documents: [
        {
          file: 'monitoring/sloth.yaml',
          document: { version: 'prometheus/v1', slos: [] },
        },
        {
          file: 'slo/slo.yaml',
          document: { apiVersion: 'openslo/v1', kind: 'SLO' },
        },
        { file: 'slo/slo.yaml', document: { kind: 'Service' } },
      ],
      alerts: [
        expect.objectContaining({
          file: 'deploy/alerts.yaml',
          name: 'Slower',
        }),
        {
          file: 'monitoring/alerts.yaml',
          name: 'Slow',
          labels: { severity: 'page', level: '1' },
          annotations: { runbook_url: 'https://r.example' },
          expr: 'rate(a[5m]) > 1',
        },
        {
          file: 'chart/templates/rules.yaml',
          name: 'Down',
          labels: {},
          annotations: {},
          expr: '0',
        },
      ],
      dashboards: [
        'monitoring/dashboard.json',
        'monitoring/large.json',
        'grafana/dashboard-selector: shop',
        'https://d.example/shop',
      ],
      paging: ['receiver team', 'pagerduty.com/service-id: PTWPAY1'],
    });
  });

  it('finds what annotations say where there is no repository', async () => {
    expect(await readSloFacts(undefined, { entity, owner })).toMatchObject({
      documents: [],
      alerts: [],
      paging: ['pagerduty.com/service-id: PTWPAY1'],
    });
  });

  it('knows nothing where a file cannot be read, rather than that it is missing', async () => {
    const source = memorySource({ 'slo/slo.yaml': 'a: b: c' });
    await expect(readSloFacts(source)).rejects.toThrow(
      /^slo\/slo\.yaml cannot be read: /,
    );
  });
});
