import { stringify } from 'yaml';
import { dependantsOf, dependenciesOf } from '../company';
import { labels, operationsOf, pod, selector, writes } from './pod';
import { Stage } from './stage';

/** Where databases and brokers are, which are no pods. */
const DATA_NETWORK = '10.20.0.0/16';

/** The Kubernetes objects of a component, a file each, as its team writes them. */
export function manifests(stage: Stage): Record<string, string> {
  const { company, component } = stage;
  const { owner, operations } = component;
  if (!operations) return {};
  const { folder } = company.organisation.manifests[owner];
  const isJob = operations.serves === 'job';
  const objects: Record<string, object | false> = {
    ...(isJob
      ? { cronjob: cronJob(stage) }
      : {
          deployment: deployment(stage),
          service: operations.serves !== 'worker' && service(stage),
          hpa: writes(stage, 'autoscaler') && autoscaler(stage),
          pdb: writes(stage, 'disruption-budget') && disruptionBudget(stage),
        }),
    networkpolicy: writes(stage, 'network-policy') && networkPolicy(stage),
  };
  return Object.fromEntries(
    Object.entries(objects)
      .filter(([, object]) => object)
      .map(([name, object]) => [
        `${folder}/${name}.yaml`,
        stringify(object, { lineWidth: 0, aliasDuplicateObjects: false }),
      ]),
  );
}

function deployment(stage: Stage) {
  const { replicas, manifests: own } = operationsOf(stage);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(
      stage,
      own.fixed ? { 'waymark.dev/no-autoscaling': own.fixed } : undefined,
    ),
    spec: {
      // An autoscaler's number would be undone by each deployment.
      ...(!writes(stage, 'autoscaler') && { replicas: replicas[0] }),
      selector: { matchLabels: selector(stage) },
      template: { metadata: { labels: labels(stage) }, spec: pod(stage) },
    },
  };
}

function cronJob(stage: Stage) {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata(stage),
    spec: {
      schedule: operationsOf(stage).schedule ?? '0 3 * * *',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          backoffLimit: 2,
          template: {
            metadata: { labels: labels(stage) },
            spec: { restartPolicy: 'Never', ...pod(stage) },
          },
        },
      },
    },
  };
}

function service(stage: Stage) {
  const { port, serves } = operationsOf(stage);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(stage),
    spec: {
      selector: selector(stage),
      ports: [{ name: serves === 'grpc' ? 'grpc' : 'http', port }],
    },
  };
}

function autoscaler(stage: Stage) {
  const { replicas } = operationsOf(stage);
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata(stage),
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: stage.component.name,
      },
      minReplicas: replicas[0],
      maxReplicas: replicas[1],
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: 70 },
          },
        },
      ],
    },
  };
}

function disruptionBudget(stage: Stage) {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(stage),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: selector(stage) },
    },
  };
}

/** Lets in who calls it, and out to what it calls. */
function networkPolicy(stage: Stage) {
  const { company, component } = stage;
  const { serves, port } = operationsOf(stage);
  const callers = dependantsOf(company, component)
    .filter(({ by }) => company.apis.get(by.slice(4))?.type !== 'asyncapi')
    .filter(caller => caller.component.operations)
    .map(caller => caller.component.name);
  const called = dependenciesOf(company, component)
    .filter(ref => ref.startsWith('component:'))
    .map(ref => ref.slice('component:'.length))
    .filter(
      name => company.components.find(other => other.name === name)?.operations,
    );
  const isAsked = serves !== 'job' && serves !== 'worker';
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(stage),
    spec: {
      podSelector: { matchLabels: selector(stage) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: isAsked
        ? [
            {
              ...(callers.length > 0 && { from: pods(callers) }),
              ports: [{ port }],
            },
          ]
        : [],
      egress: [
        { ports: [{ protocol: 'UDP', port: 53 }] },
        { to: [{ ipBlock: { cidr: DATA_NETWORK } }] },
        ...(called.length > 0 ? [{ to: pods(called) }] : []),
      ],
    },
  };
}

function pods(names: string[]) {
  const key = 'app.kubernetes.io/name';
  const values = [...new Set(names)].sort();
  return [
    {
      namespaceSelector: {},
      podSelector: { matchExpressions: [{ key, operator: 'In', values }] },
    },
  ];
}

function metadata(stage: Stage, annotations?: Record<string, string>) {
  const { name, system } = stage.component;
  return {
    name,
    ...(writes(stage, 'namespace') && { namespace: system }),
    labels: labels(stage),
    ...(annotations && { annotations }),
  };
}
