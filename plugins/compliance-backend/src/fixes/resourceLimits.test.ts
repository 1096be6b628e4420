import { caseOf, changed, propose } from '../__testUtils__/fixCase';
import { Denial } from './Fix';

describe('resource-limits', () => {
  const object = (resources?: object) => ({
    kind: 'Deployment',
    metadata: { name: 'shop' },
    spec: {
      template: {
        spec: { containers: [{ name: 'sidecar' }, { name: 'app', resources }] },
      },
    },
  });
  const at = ['spec', 'template', 'spec', 'containers', 1, 'resources'];
  const denials: Denial[] = [
    { kind: 'Deployment', name: 'shop', path: [...at, 'limits', 'memory'] },
  ];
  const release = (file: string | null, resources?: object) => ({
    environment: 'production',
    objects: [object(resources)],
    templates: [file],
    values: ['chart/values.yaml'],
  });
  const of = async (
    files: Record<string, string>,
    file: string | null,
    resources?: object,
  ) => {
    const about = await caseOf(files, { denials });
    about.facts.manifest = { releases: [release(file, resources)] };
    return about;
  };

  it('writes into the manifest, below the container', async () => {
    const file = 'deploy/shop.yaml';
    const text = `kind: Service
metadata: { name: shop }
---
kind: Deployment # kept
metadata:
  name: shop
spec:
  template:
    spec:
      containers:
        - name: sidecar
        - name: app
          # As measured.
          resources:
            requests: { cpu: 2, memory: 64Mi }
`;
    const about = await of({ [file]: text }, file, {
      requests: { cpu: 2, memory: '64Mi' },
    });
    expect(changed('resource-limits', about)).toEqual({
      [file]: `${text}            # A beginning, not measured: adjust it to what the service needs.
            limits:
              cpu: "4"
              memory: 64Mi
`,
    });
  });

  const template = (resources: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Values.name | quote }}
  labels: {{- include "shop.labels" . | nindent 4 }}
spec:
  template:
    spec:
      containers:
        {{- if .Values.sidecar }}
        - name: sidecar
        {{- end }}
        - name: app
          image: "{{ .Values.image }}:{{ .Values.tag }}"
${resources}`;

  it('writes into the template of a chart, where that says nothing', async () => {
    const file = 'chart/templates/deployment.yaml';
    const about = await of({ [file]: template('') }, file);
    expect(changed('resource-limits', about)[file]).toBe(
      template(`          # A beginning, not measured: adjust it to what the service needs.
          resources:
            requests:
              cpu: 100m
              memory: 256Mi
            limits:
              cpu: "1"
              memory: 256Mi
`),
    );
  });

  it.each([
    '          resources: {{- toYaml .Values.app.resources | nindent 12 }}\n',
    '          {{- with .Values.app.resources }}\n          resources:\n            {{- toYaml . | nindent 12 }}\n          {{- end }}\n',
  ])('writes into the values that the template takes: %s', async resources => {
    const file = 'chart/templates/deployment.yaml';
    const values =
      '# Ours.\napp:\n  resources:\n    limits:\n      memory: 1Gi\n';
    const about = await of(
      { [file]: template(resources), 'chart/values.yaml': values },
      file,
      { limits: { memory: '1Gi' } },
    );
    expect(changed('resource-limits', about)).toEqual({
      'chart/values.yaml': `# Ours.
app:
  resources:
    limits:
      memory: 1Gi
      cpu: "1"
    # A beginning, not measured: adjust it to what the service needs.
    requests:
      cpu: 100m
      memory: 1Gi
`,
    });
  });

  it('tries where a chart of others may take them from', async () => {
    const about = await of(
      {
        'chart/Chart.yaml':
          'name: shop\ndependencies:\n  - { name: service, alias: app }\n',
        'chart/values.yaml': 'redis:\n  resources: {}\n',
      },
      null,
    );
    const texts = propose('resource-limits', about).map(({ files }) =>
      files.get('chart/values.yaml'),
    );
    expect(texts).toHaveLength(2);
    expect(texts[1]).toMatch(/^redis:\n {2}resources: \{\}\n# .*\napp:\n/);
  });

  it('leaves to people what it cannot find', async () => {
    const file = 'chart/templates/deployment.yaml';
    const about = await of({ [file]: '{{ include "all" . }}\n' }, file);
    expect(() => propose('resource-limits', about)).toThrow(
      /change it by hand/,
    );
  });
});
