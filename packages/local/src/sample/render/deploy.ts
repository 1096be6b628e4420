import { stringify } from 'yaml';
import { SampleComponent } from '../schema';
import { chat, dashboard, has, hasPage, Stage } from './stage';

/** `deploy/values.yaml`: what the shared service chart is given. */
export function chartValues(stage: Stage): string {
  const { component } = stage;
  const { operations } = component;
  if (!operations) {
    return '';
  }
  const memory =
    operations.initialMemory && !has(stage, 'resize')
      ? operations.initialMemory
      : operations.memory;
  const resources = {
    requests: { cpu: operations.cpu, memory },
    ...(operations.limits ? { limits: { memory } } : {}),
  };
  const common = {
    image: { repository: `registry.tidewater.example/${component.name}` },
    owner: component.owner,
    tier: component.tier,
    resources,
  };
  if (operations.serves === 'job') {
    return stringify({
      ...common,
      cronJob: {
        schedule: operations.schedule ?? '0 3 * * *',
        concurrencyPolicy: 'Forbid',
        backoffLimit: 2,
      },
    });
  }
  const [min, max] = operations.replicas;
  return stringify({
    ...common,
    service: { port: operations.port },
    replicas: { min, max },
    probes: probes(component),
    podDisruptionBudget: { maxUnavailable: 1 },
  });
}

function probes({ operations }: SampleComponent) {
  if (operations?.serves === 'grpc') {
    return { liveness: { grpc: true }, readiness: { grpc: true } };
  }
  return {
    liveness: { path: '/healthz' },
    readiness: { path: '/readyz' },
  };
}

/** `deploy/alerts.yaml`: the recording rules and alerts of the component. */
export function prometheusRule(stage: Stage): string {
  const { component } = stage;
  const annotationsOf = (means: string) => ({
    summary: means,
    dashboard: dashboard(component),
    chat: chat(component),
    ...(hasPage(stage, 'runbook')
      ? { runbook: `/docs/default/component/${component.name}/runbook` }
      : {}),
  });
  return stringify(
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: {
        name: component.name,
        labels: { service: component.name, owner: component.owner },
      },
      spec: {
        groups: [
          { name: `${component.name}.rules`, rules: recordings(component) },
          {
            name: `${component.name}.alerts`,
            rules: component.alerts.map(alert => ({
              alert: alert.name,
              expr: alert.expr,
              for: alert.for,
              labels: { severity: alert.severity, service: component.name },
              annotations: annotationsOf(alert.means),
            })),
          },
        ],
      },
    },
    { lineWidth: 0 },
  );
}

function recordings({ name, operations }: SampleComponent) {
  const prefix = name.replace(/-/g, '_');
  switch (operations?.serves) {
    case 'worker':
      return [
        {
          record: `${prefix}:consumer_lag:max`,
          expr: `max by (topic) (kafka_consumergroup_lag{consumergroup="${name}"})`,
        },
      ];
    case 'job':
      return [
        {
          record: `${prefix}:last_success:age_seconds`,
          expr: `time() - max(kube_cronjob_status_last_successful_time{cronjob="${name}"})`,
        },
      ];
    default: {
      const [requests, failed, route] =
        operations?.serves === 'grpc'
          ? ['grpc_server_handled_total', 'grpc_code=~"Internal|Unavailable"', 'grpc_method']
          : ['http_requests_total', 'status=~"5.."', 'route'];
      const rate = (matchers: string) =>
        `sum by (${route}) (rate(${requests}{${matchers}}[5m]))`;
      const all = `service="${name}"`;
      return [
        { record: `${prefix}:requests:rate5m`, expr: rate(all) },
        {
          record: `${prefix}:errors:ratio5m`,
          expr: `${rate(`${all},${failed}`)} / ${rate(all)}`,
        },
      ];
    }
  }
}
