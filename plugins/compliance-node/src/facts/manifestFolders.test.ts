import { memorySource } from './FileSource';
import { readSloFacts } from './readSloFacts';
import { renderReleases } from './renderReleases';

const render = (files: Record<string, string>) =>
  renderReleases(memorySource(files), { helm: '/nowhere/helm', charts: [] });

const object = (kind: string, name = 'shop', more = '') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name} }\n${more}`;

/** What a release has, as `file: kind/name`. */
const told = ({ releases }: Awaited<ReturnType<typeof render>>) =>
  Object.fromEntries(
    releases.map(({ environment, objects, templates }) => [
      environment,
      objects.map(({ kind, metadata }, index) => {
        const { name } = metadata as { name: string };
        return `${templates?.[index]}: ${kind}/${name}`;
      }),
    ]),
  );

describe('manifests without a chart', () => {
  it('are read from the folders they are kept in, one folder below included', async () => {
    const found = await render({
      'deploy/alerts.yaml': object('PrometheusRule'),
      'deploy/all.yml': `${object('Deployment')}---\n---\n${object('Service')}`,
      'deploy/values.yaml': 'image: { tag: v1 }\n',
      'deploy/compose.yaml': 'services: { web: { image: a } }\n',
      'deploy/notes.md': 'kind: Pod',
      'k8s/base/list.yaml':
        'apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Job, metadata: {name: a}}\n  - {kind: Job}\n  - no object\n',
      'kubernetes/jobs/job.yaml': object('CronJob', 'nightly'),
      'manifests/role.yaml': object('Role', 'reader'),
      'manifests/too/deep/role.yaml': object('Role', 'deep'),
      'src/deploy/pod.yaml': object('Pod', 'elsewhere'),
    });
    expect(told(found)).toEqual({
      manifests: [
        'deploy/alerts.yaml: PrometheusRule/shop',
        'deploy/all.yml: Deployment/shop',
        'deploy/all.yml: Service/shop',
        'k8s/base/list.yaml: Job/a',
        'kubernetes/jobs/job.yaml: CronJob/nightly',
        'manifests/role.yaml: Role/reader',
      ],
    });
  });

  it('are of the environments that folders are named after, with what all share', async () => {
    const found = await render({
      'k8s/budget.yaml': object('PodDisruptionBudget'),
      'k8s/base/deployment.yaml': object('Deployment'),
      'k8s/production/deployment.yaml': object(
        'Deployment',
        'shop',
        'spec: {}\n',
      ),
      'k8s/staging/service.yaml': object('Service'),
    });
    expect(told(found)).toEqual({
      production: [
        'k8s/production/deployment.yaml: Deployment/shop',
        'k8s/budget.yaml: PodDisruptionBudget/shop',
      ],
      staging: [
        'k8s/staging/service.yaml: Service/shop',
        'k8s/base/deployment.yaml: Deployment/shop',
        'k8s/budget.yaml: PodDisruptionBudget/shop',
      ],
    });
  });

  it('are plain: a kustomization is not rendered, its patches are no objects', async () => {
    const found = await render({
      'k8s/base/deployment.yaml': object('Deployment'),
      'k8s/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'k8s/production/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n  - path: ./more.yaml\n  - patch: |-\n      - op: remove\npatchesStrategicMerge: [less.yaml]\n',
      'k8s/production/more.yaml': object('Deployment'),
      'k8s/production/less.yaml': object('Deployment'),
      'k8s/production/pod.yaml': object('Pod'),
    });
    expect(told(found)).toEqual({
      production: [
        'k8s/production/pod.yaml: Pod/shop',
        'k8s/base/deployment.yaml: Deployment/shop',
      ],
    });
  });

  it('are none where nothing runs, nor beside a chart', async () => {
    expect(
      await render({
        'deploy/alerts.yaml': object('PrometheusRule'),
        'deploy/values.yaml': '{}\n',
      }),
    ).toEqual({ releases: [] });
    await expect(
      render({
        'chart/Chart.yaml': 'name: shop\n',
        'deploy/pod.yaml': object('Pod'),
      }),
    ).rejects.toThrow('helm is missing');
  });

  it('keep no secret', async () => {
    const { releases } = await render({
      'deploy/all.yaml': `${object('Pod')}---\n${object(
        'Secret',
        'key',
        'data: { password: aGVsbG8= }\n',
      )}`,
    });
    expect(releases[0].objects[1]).toMatchObject({ data: { password: '' } });
    expect(JSON.stringify(releases)).not.toContain('aGVsbG8=');
  });

  it.each([
    ['broken', 'kind: {', /^deploy\/pod\.yaml cannot be read: /],
    [
      'a template of something else',
      '{{ if .Values.pod }}\nkind: Pod\n{{ end }}',
      /^deploy\/pod\.yaml cannot be read: /,
    ],
    ['too large', `# ${'x'.repeat(300_000)}`, /larger than 256 KiB/],
  ])('say why they are not known: %s', async (_, text, reason) => {
    const rendered = render({ 'deploy/pod.yaml': text });
    await expect(rendered).rejects.toMatchObject({
      name: 'FactsError',
      message: expect.stringMatching(reason),
    });
  });

  it('tell of an alert once, though its file is both deployed and watched', async () => {
    const source = memorySource({
      'deploy/alerts.yaml': object(
        'PrometheusRule',
        'shop',
        'spec: { groups: [{ rules: [{ alert: Down, expr: up == 0 }] }] }\n',
      ),
      'deploy/more.yaml': object(
        'PrometheusRule',
        'more',
        'spec: { groups: [{ rules: [{ alert: Slow, expr: slow }] }] }\n',
      ),
      'deploy/pod.yaml': object('Pod'),
    });
    const { releases } = await renderReleases(source, { charts: [] });
    const { alerts } = await readSloFacts(source, { releases });
    expect(alerts.map(({ file, name }) => `${file}: ${name}`)).toEqual([
      'deploy/alerts.yaml: Down',
      'deploy/more.yaml: Slow',
    ]);
  });
});
