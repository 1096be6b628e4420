import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memorySource } from './FileSource';
import { renderReleases } from './renderReleases';

const chart = {
  'chart/Chart.yaml': 'name: shop\nversion: 0.1.0\n',
  'chart/values.yaml': '{}\n',
  'chart/templates/job.yaml': 'kind: Job\n',
  'chart/env/production.yaml': '{}\n',
  'chart/env/staging.yaml': '{}\n',
};

describe('renderReleases', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-helm-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  let helms = 0;
  /** A Helm that does what a script says. */
  const helmOf = (script: string) => {
    helms += 1;
    const path = join(folder, `helm${helms}`);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const render = (
    script: string,
    files: Record<string, string> = chart,
    options = {},
  ) =>
    renderReleases(memorySource(files), {
      helm: helmOf(script),
      charts: [join(folder, 'charts')],
      ...options,
    });

  it('knows each environment, and the template of each object', async () => {
    const { releases } = await render(`cat <<END
---
# Source: shop/templates/job.yaml
kind: Job
metadata: {name: "$5"}
---
# Source: shop/charts/service/templates/all.yaml
kind: List
items:
  - {kind: Service}
  - {kind: Secret, data: {password: aGVsbG8=}, stringData: {token: hello}}
---
# Source: shop/templates/nothing.yaml
END`);
    expect(releases).toEqual(
      ['production', 'staging'].map(environment => ({
        environment,
        objects: [
          {
            kind: 'Job',
            metadata: {
              name: expect.stringMatching(`/chart/env/${environment}.yaml$`),
            },
          },
          { kind: 'Service' },
          { kind: 'Secret', data: { password: '' }, stringData: { token: '' } },
        ],
        templates: ['chart/templates/job.yaml', null, null],
        values: [`chart/env/${environment}.yaml`, 'chart/values.yaml'],
      })),
    );
  });

  it('has no releases without a chart, and one without environments', async () => {
    expect(await render('exit 1', { 'a.yaml': '' })).toEqual({ releases: [] });
    const { releases } = await render('echo "kind: Job"', {
      'deploy/shop/Chart.yaml': 'name: shop\n',
      'deploy/shop/charts/part/Chart.yaml': 'name: part\n',
      'deploy/shop/values.yaml': '',
      'deploy/shop/values-live.yaml': '',
      'other/deep/down/Chart.yaml': 'name: other\n',
    });
    expect(releases).toMatchObject([
      {
        environment: 'live',
        values: ['deploy/shop/values-live.yaml', 'deploy/shop/values.yaml'],
      },
    ]);
    const { releases: plain } = await render('echo "kind: Job"', {
      'Chart.yaml': 'name: shop\n',
      'values.yaml': '',
    });
    expect(plain).toMatchObject([
      { environment: 'default', values: ['values.yaml'] },
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'a library',
      { 'chart/Chart.yaml': 'name: service\ntype: library\n' },
      'Nothing is deployed from here: what is at chart is for other charts to depend on.',
    ],
    [
      'charts for others',
      {
        'platform/charts/service/Chart.yaml': 'name: service\n',
        'templates/api/skeleton/chart/Chart.yaml': 'name: {{ name }}\n',
        'tests/fixtures/chart/Chart.yaml': 'name: a\n',
      },
      'Nothing is deployed from here: what is at platform/charts/service is for other charts to depend on.',
    ],
  ])('has no releases of %s, and says why', async (_, files, none) => {
    expect(await render('exit 1', files)).toEqual({ releases: [], none });
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n';
    const { releases, none: why } = await render('exit 1', {
      ...files,
      'deploy/pod.yaml': pod,
    });
    expect(releases).toMatchObject([{ environment: 'manifests' }]);
    expect(why).toBeUndefined();
  });

  it('takes the own chart beside a library and shared ones', async () => {
    const { releases } = await render('echo "kind: Job"', {
      'chart/Chart.yaml': 'name: base\ntype: library\n',
      'deploy/charts/shop/Chart.yaml': 'name: shop\n',
      'deploy/charts/shop/values.yaml': '',
      'platform/charts/service/Chart.yaml': 'name: service\n',
    });
    expect(releases).toMatchObject([
      { environment: 'default', values: ['deploy/charts/shop/values.yaml'] },
    ]);
  });

  it('gives a chart what it depends on, in the version it asks for', async () => {
    mkdirSync(join(folder, 'charts/service/tests'), { recursive: true });
    writeFileSync(
      join(folder, 'charts/service/Chart.yaml'),
      'name: service\nversion: 1.2.0\n',
    );
    writeFileSync(join(folder, 'charts/service/tests/a.yaml'), '');
    const asking = (version: string, name = 'service') => ({
      ...chart,
      'chart/Chart.yaml': `name: shop\ndependencies:\n  - {name: ${name}, version: ${version}, repository: oci://x}\n`,
    });
    const list =
      'cd "$3" && echo "found: \\"$(find charts -type f | tr "\\n" " ")\\""';
    const { releases } = await render(list, asking('1.2.0'));
    expect(releases[0].objects).toEqual([
      { found: 'charts/service/Chart.yaml ' },
    ]);
    await expect(render(list, asking('2.0.0'))).rejects.toThrow(
      'it asks for service 2.0.0, and the platform has 1.2.0',
    );
    for (const name of ['redis', '../service', '/etc']) {
      await expect(render(list, asking('1.2.0', name))).rejects.toThrow(
        `it depends on ${name} 1.2.0, which the platform does not have`,
      );
    }
  });

  it.each([
    [
      'fails',
      'echo "Error: $3/templates/job.yaml:1: no such value" >&2; exit 1',
      {},
      'The chart cannot be rendered for production: templates/job.yaml:1: no such value',
    ],
    [
      'hangs',
      'exec sleep 60',
      { timeoutMs: 200 },
      'Helm took longer than 0.2 s.',
    ],
    [
      'does not stop writing',
      'exec yes "kind: Job"',
      { maxBytes: 1024 * 1024 },
      'Helm wrote more than 1 MiB.',
    ],
    [
      'writes what is no YAML',
      'echo "a: b: c"',
      {},
      /^What Helm makes of the chart cannot be read: /,
    ],
    [
      'is missing',
      '',
      { helm: join(folder, 'nowhere/helm') },
      /helm is missing\. Install Helm 3 or later/,
    ],
  ])('says why where Helm %s', async (_, script, options, reason) => {
    const begun = Date.now();
    const rendered = render(script, chart, options);
    await expect(rendered).rejects.toThrow(reason);
    await expect(rendered).rejects.toMatchObject({ name: 'FactsError' });
    expect(Date.now() - begun).toBeLessThan(20_000);
  });

  it('tells Helm nothing of this process', async () => {
    process.env.GITHUB_TOKEN = 'secret';
    const { releases } = await render(
      'echo "names: \\"$(env | cut -d= -f1 | sort | tr "\\n" " ")\\""',
    );
    delete process.env.GITHUB_TOKEN;
    const { names } = releases[0].objects[0] as { names: string };
    expect(names).toContain('PATH');
    expect(names).not.toContain('GITHUB_TOKEN');
  });
});
