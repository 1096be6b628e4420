import { stringify } from 'yaml';
import { SampleComponent } from '../schema';
import { chat, dashboard, hasPage, runbook, Stage } from './stage';

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
