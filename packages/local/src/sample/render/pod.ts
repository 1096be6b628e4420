import { Habit } from '../schema';
import { has, Stage } from './stage';

/** What runs: one container, as far as the team secures and limits it. */
export function pod(stage: Stage) {
  const isLocked = writes(stage, 'locked-down');
  const security = {
    ...(writes(stage, 'non-root') && { runAsNonRoot: true }),
    ...(isLocked && { seccompProfile: { type: 'RuntimeDefault' } }),
  };
  return {
    ...(writes(stage, 'no-token') && { automountServiceAccountToken: false }),
    ...(Object.keys(security).length > 0 && { securityContext: security }),
    ...(writes(stage, 'spread') && {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: selector(stage) },
        },
      ],
    }),
    containers: [container(stage)],
    ...(isLocked && { volumes: [{ name: 'tmp', emptyDir: {} }] }),
  };
}

/** Whether the team writes it as a rule, and here too. */
export function writes({ company, component }: Stage, habit: Habit): boolean {
  const { habits } = company.organisation.manifests[component.owner];
  const { adds = [], lacks = [] } = component.operations?.manifests ?? {};
  return [...habits, ...adds].includes(habit) && !lacks.includes(habit);
}

/** What tells its pods from others. */
export function selector({ component }: Stage) {
  return { 'app.kubernetes.io/name': component.name };
}

/** Labels of every object. */
export function labels(stage: Stage) {
  return { ...selector(stage), owner: stage.component.owner };
}

/** How a component runs that does; libraries have no manifests. */
export function operationsOf({ component }: Stage) {
  return component.operations!;
}

function container(stage: Stage) {
  const { name } = stage.component;
  const { serves, port, env } = operationsOf(stage);
  const isServer = serves !== 'job';
  const isLocked = writes(stage, 'locked-down');
  return {
    name,
    image: image(stage),
    ...(isServer && { ports: [{ containerPort: port }] }),
    ...(Object.keys(env).length > 0 && {
      env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    }),
    ...(isServer && writes(stage, 'probes') && probes(stage)),
    resources: resources(stage),
    ...(writes(stage, 'privileged') && {
      securityContext: { privileged: true },
    }),
    ...(isLocked && {
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    }),
  };
}

function image(stage: Stage): string {
  const { name, history } = stage.component;
  const from = writes(stage, 'registry')
    ? `ghcr.io/${stage.owner}`
    : 'registry.tidewater.example';
  const tag = writes(stage, 'version') ? `1.${history.length}.0` : 'latest';
  return `${from}/${name}:${tag}`;
}

function probes(stage: Stage) {
  const { serves, port } = operationsOf(stage);
  const check = (path: string) =>
    serves === 'grpc' ? { grpc: { port } } : { httpGet: { path, port } };
  return {
    livenessProbe: check('/healthz'),
    readinessProbe: check('/readyz'),
  };
}

function resources(stage: Stage) {
  const { cpu, limits, initialMemory, ...now } = operationsOf(stage);
  const memory =
    initialMemory && !has(stage, 'resize') ? initialMemory : now.memory;
  const limited = {
    ...(writes(stage, 'cpu-limits') && { cpu: twice(cpu) }),
    ...(limits && { memory }),
  };
  return {
    requests: { cpu, memory },
    ...(Object.keys(limited).length > 0 && { limits: limited }),
  };
}

function twice(cpu: string): string {
  return `${Number.parseInt(cpu, 10) * 2}${cpu.endsWith('m') ? 'm' : ''}`;
}
