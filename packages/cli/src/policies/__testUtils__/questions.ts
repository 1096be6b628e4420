import { join } from 'node:path';
import { Document, Example, readExamples } from '../examples';
import { readSources } from '../sources';
import { checkout } from './rules';

/** Something that rules are asked about. */
export interface Question {
  title: string;
  /** All of a release, one object, or facts about a component. */
  documents: Document[];
}

const TODAY = '2026-11-21';
const policies = join(checkout, 'policies');

/** Without these the API server takes no object. */
const NEEDED =
  /^(apiVersion|kind|metadata|name|templates|containers|topologyKey|env)$/;

/** Every example of every rule, as a file. */
export function wholeExamples(): Question[] {
  return examples().map(({ file, documents }) => ({
    title: file,
    documents: documents.map(document =>
      isFacts(document) ? { today: TODAY, ...document } : document,
    ),
  }));
}

/** Every object of these files on its own. */
export function objectsOfExamples(): Question[] {
  return examples().flatMap(({ file, documents }) =>
    documents
      .filter(document => !isFacts(document))
      .map(object => ({
        title: `${file}: ${object.kind}`,
        documents: [object],
      })),
  );
}

const IMAGES = [
  'nginx',
  'ghcr.io/tidewater/a:',
  'ghcr.io/tidewater/a:1.0',
  'ghcr.io/tidewater/a:1.0@sha256:abc',
  `ghcr.io/tidewater/a@sha256:${'0'.repeat(64)}`,
  `ghcr.io/tidewater/a:latest@sha256:${'0'.repeat(64)}`,
  `ghcr.io/tidewater/a@sha256:${'0'.repeat(63)}`,
  'localhost:5000/a',
  'localhost:5000/a:1.0',
  'ghcr.io/tidewater-look-alike/a:1.0',
];

const VARIABLES = [
  { name: 'DATABASE_PASSWORD', value: 'hunter2' },
  { name: 'DATABASE_PASSWORD', value: '$(PASSWORD)' },
  { name: 'DATABASE_PASSWORD', value: '' },
  { name: 'DATABASE_PASSWORD', valueFrom: { secretKeyRef: { name: 'a' } } },
  { name: 'PASSWORD_FILE', value: '/run/secrets/password' },
  { name: 'DATABASE', value: 'postgres://shop:hunter2@db/shop' },
  { name: 'DATABASE', value: 'postgres://shop@db/shop' },
  { name: 'KEY_ID', value: `AKIA${'IOSFODNN7ABCDEFG'}` },
  { name: 'KEY_ID', value: 'AKIAIOSFODNN7EXAMPLE' },
];

/** An object of each kind that rules speak of, with nothing right about it. */
export function bareObjects(): Question[] {
  const container = {
    name: 'a',
    image: 'nginx',
    env: [{ name: 'DATABASE_PASSWORD', value: 'hunter2' }],
  };
  const template = { spec: { containers: [container] } };
  const templates = [{ name: 'a', container }];
  const roleRef = { kind: 'ClusterRole', name: 'cluster-admin' };
  const rules = [{ apiGroups: [''], resources: ['*'], verbs: ['*'] }];
  const data = { password: 'hunter2' };
  const contents: Record<string, [version: string, fields: object]> = {
    ClusterRole: ['rbac.authorization.k8s.io/v1', { rules }],
    ClusterRoleBinding: ['rbac.authorization.k8s.io/v1', { roleRef }],
    ClusterWorkflowTemplate: ['argoproj.io/v1alpha1', { spec: { templates } }],
    ConfigMap: ['v1', { data }],
    CronJob: ['batch/v1', { spec: { jobTemplate: { spec: { template } } } }],
    CronWorkflow: [
      'argoproj.io/v1alpha1',
      { spec: { workflowSpec: { templates } } },
    ],
    DaemonSet: ['apps/v1', { spec: { template } }],
    Deployment: ['apps/v1', { spec: { template } }],
    Job: ['batch/v1', { spec: { template } }],
    Pod: ['v1', template],
    ReplicaSet: ['apps/v1', { spec: { template } }],
    Role: ['rbac.authorization.k8s.io/v1', { rules }],
    RoleBinding: ['rbac.authorization.k8s.io/v1', { roleRef }],
    Secret: ['v1', { stringData: data }],
    StatefulSet: ['apps/v1', { spec: { template } }],
    Workflow: ['argoproj.io/v1alpha1', { spec: { templates } }],
    WorkflowTemplate: ['argoproj.io/v1alpha1', { spec: { templates } }],
  };
  return Object.entries(contents).map(([kind, [apiVersion, fields]]) => ({
    title: `bare ${kind}`,
    documents: [{ apiVersion, kind, metadata: { name: 'a' }, ...fields }],
  }));
}

/** A good object of each kind that has containers, and it with one field less or other. */
export function spoiltObjects(): Question[] {
  const good = examples().filter(({ kind }) => kind === 'good');
  const kinds = new Map<string, Document>();
  for (const { documents } of good) {
    for (const object of documents.filter(one => !isFacts(one))) {
      if (!kinds.has(object.kind)) kinds.set(object.kind, object);
    }
  }
  const job = kinds.get('Job') as unknown as {
    spec: { template: { spec: { containers: { name: string }[] } } };
  };
  const { containers, ...pod } = job.spec.template.spec;
  const [{ name, ...container }] = containers;
  const template = { name, ...pod, container };
  const metadata = { name: 'import', labels: { app: 'import' } };
  const argo = 'argoproj.io/v1alpha1';
  const more: Document[] = [
    { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers, ...pod } },
    {
      apiVersion: argo,
      kind: 'WorkflowTemplate',
      metadata,
      spec: { templates: [template] },
    },
    {
      apiVersion: argo,
      kind: 'CronWorkflow',
      metadata,
      spec: { workflowSpec: { ...pod, templates: [{ name, container }] } },
    },
  ];
  const all = [...kinds.values(), ...more].flatMap(object => [
    { title: `${object.kind} as it should be`, documents: [object] },
    ...spoilt(object).map(([change, changed]) => ({
      title: `${object.kind} ${change}`,
      documents: [changed as Document],
    })),
  ]);
  const withContainer = (change: object): Question => {
    const spec = { ...pod, containers: [{ ...containers[0], ...change }] };
    return {
      title: `Pod with ${JSON.stringify(change)}`,
      documents: [{ apiVersion: 'v1', kind: 'Pod', metadata, spec }],
    };
  };
  return [
    ...all,
    ...IMAGES.map(image => withContainer({ image })),
    ...VARIABLES.map(variable => withContainer({ env: [variable] })),
  ];
}

export function isFacts({ apiVersion, kind }: Document): boolean {
  return apiVersion === 'waymark.dev/v1' && kind === 'Facts';
}

function examples(): Example[] {
  return readExamples(policies, readSources(policies).rules);
}

function spoilt(value: unknown, at: string[] = []): [string, unknown][] {
  if (typeof value !== 'object' || value === null) {
    return others(value).map(other => [`with ${at.join('.')} ${other}`, other]);
  }
  return Object.entries(value).flatMap(([key, part]) => {
    const path = [...at, key];
    const inside = /^(apiVersion|kind|name)$/.test(key)
      ? []
      : spoilt(part, path);
    const changed = inside.map(([change, other]): [string, unknown] => [
      change,
      Array.isArray(value)
        ? value.map((one, index) => (String(index) === key ? other : one))
        : { ...value, [key]: other },
    ]);
    if (Array.isArray(value) || NEEDED.test(key)) return changed;
    const { [key]: _, ...rest } = value as Record<string, unknown>;
    return [[`without ${path.join('.')}`, rest], ...changed];
  });
}

function others(value: unknown): unknown[] {
  if (typeof value === 'boolean') return [!value];
  return typeof value === 'number' ? [0] : [];
}
