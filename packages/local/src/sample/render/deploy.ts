import { stringify } from 'yaml';
import { SampleComponent } from '../schema';
import { chat, dashboard, has, hasPage, runbook, Stage } from './stage';

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
    ...(hasPage(stage, 'runbook') ? { runbook: runbook(stage) } : {}),
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
          {
            name: `${component.name}.rules`,
            rules: recordings(component).map(({ record, expr }) => ({
              record,
              expr,
            })),
          },
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

/** A recording rule of a component and the label its series differ by. */
export interface Recording {
  record: string;
  expr: string;
  label?: string;
}

/** What is recorded for a component, by what it serves. */
export function recordings({ name, operations }: SampleComponent): Recording[] {
  const prefix = name.replace(/-/g, '_');
  switch (operations?.serves) {
    case 'worker':
      return [
        {
          record: `${prefix}:consumer_lag:max`,
          expr: `max by (topic) (kafka_consumergroup_lag{consumergroup="${name}"})`,
          label: 'topic',
        },
      ];
    case 'job':
      return [
        {
          record: `${prefix}:last_success:age_seconds`,
          expr: `time() - max(kube_cronjob_status_last_successful_time{cronjob="${name}"})`,
        },
      ];
    case 'grpc':
      return requestRecordings(name, prefix, {
        metric: 'grpc_server_handled_total',
        failed: 'grpc_code=~"Internal|Unavailable"',
        label: 'grpc_method',
      });
    default:
      return requestRecordings(name, prefix, {
        metric: 'http_requests_total',
        failed: 'status=~"5.."',
        label: 'route',
      });
  }
}

function requestRecordings(
  name: string,
  prefix: string,
  of: { metric: string; failed: string; label: string },
): Recording[] {
  const rate = (matchers: string) =>
    `sum by (${of.label}) (rate(${of.metric}{${matchers}}[5m]))`;
  const all = `service="${name}"`;
  return [
    { record: `${prefix}:requests:rate5m`, expr: rate(all), label: of.label },
    {
      record: `${prefix}:errors:ratio5m`,
      expr: `${rate(`${all},${of.failed}`)} / ${rate(all)}`,
      label: of.label,
    },
  ];
}
