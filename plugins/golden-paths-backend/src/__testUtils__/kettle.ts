import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Entity } from '@backstage/catalog-model';
import { mockCredentials } from '@backstage/backend-test-utils';
import { startForge } from '@waymark/forge';
import request from 'supertest';
import { OpenDatabase, PLATFORM, startPortal } from './portal';

const TOKEN = 'token-of-the-portal';

/** What `templates/` has, in a folder and in a repository. */
const FILES: Record<string, string | Buffer> = {
  'kettle/template.yaml': 'kind: Template',
  'kettle/skeleton/README.md.njk': '# ${{ values.name | dump }}\n',
  'kettle/skeleton/chart/deployment.yaml': 'image: ${{ github.sha }}\n',
  'kettle/skeleton/logo.bin': Buffer.from([0, 255, 1]),
  'kettle/skeleton/long.txt': 'é'.repeat(40_000),
  'kettle/tests/golden/first.sha256': 'never read',
  '_layers/base/catalog-info.yaml.njk': 'owner: ${{ values.owner }}\n',
};

const fetchTemplate = (id: string, url: string) => ({
  id,
  name: id,
  action: 'fetch:template',
  input: {
    url,
    templateFileExtension: '.njk',
    replace: true,
    values: {
      name: '${{ parameters.name }}',
      owner: '${{ parameters.owner }}',
    },
  },
});

const template = (
  name: string,
  location: string,
  options: { source?: string; steps?: object[] } = {},
): Entity => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name,
    namespace: 'default',
    annotations: {
      'backstage.io/managed-by-location': location,
      ...(options.source
        ? { 'backstage.io/source-location': options.source }
        : {}),
    },
  },
  spec: {
    type: 'service',
    parameters: [
      {
        required: ['name'],
        properties: {
          name: {
            title: 'Name',
            type: 'string',
            pattern: '^[a-z-]+$',
            errorMessage: { pattern: 'Use small letters.' },
          },
          replicas: { type: 'integer', maximum: 10 },
        },
      },
    ],
    steps: (options.steps ?? [
      fetchTemplate('render', './skeleton'),
      fetchTemplate('base', '../_layers/base'),
      {
        id: 'register',
        name: 'Register',
        action: 'catalog:register',
        // A dry run leaves it out, whoever asks.
        input: { catalogInfoUrl: 'https://localhost/${{ user.ref }}' },
      },
    ]) as [],
  },
});

/** A portal with templates of all kinds, in a folder and in a repository. */
export async function startKettle(open: OpenDatabase) {
  const folder = await mkdtemp(join(tmpdir(), 'golden-paths-test-'));
  const forge = await startForge({
    dataDir: join(folder, 'forge'),
    port: 0,
    organisations: [{ login: 'tidewater', name: 'Tidewater' }],
    accounts: [{ login: 'waymark', token: TOKEN }],
  });
  const api = async (method: string, path: string, body: object) => {
    const response = await fetch(`${forge.url}/api/v3${path}`, {
      method,
      headers: { authorization: `token ${TOKEN}` },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  await api('POST', '/orgs/tidewater/repos', {
    name: 'platform',
    private: true,
  });
  for (const [path, content] of Object.entries(FILES)) {
    const file = join(folder, 'templates', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    await api('PUT', `/repos/tidewater/platform/contents/templates/${path}`, {
      message: path,
      content: Buffer.from(content).toString('base64'),
    });
  }
  await chmod(join(folder, 'templates/kettle/skeleton/README.md.njk'), 0o755);
  const secret = join(folder, 'secret.txt');
  await writeFile(secret, 'not for anybody');

  const file = `file:${folder}/templates/kettle/template.yaml`;
  const url = `url:${forge.url}/tidewater/platform/tree/main/templates/kettle/`;
  const portal = await startPortal({
    open,
    folder,
    entities: [
      template('of-file', file),
      template('of-url', `${url}template.yaml`, { source: url }),
      template('of-url-only', `${url}template.yaml`),
      template('of-two-minds', `${url}template.yaml`, { source: file }),
      template('of-nowhere', 'bootstrap:none'),
      template('gone', url.replace('kettle', 'teapot')),
      template('curious', file, {
        steps: [fetchTemplate('render', '../../')],
      }),
      template('asks-user', file, {
        steps: [
          {
            id: 'log',
            name: 'Log',
            action: 'debug:log',
            input: { message: '${{ user.entity.metadata.name }}' },
          },
        ],
      }),
      template('asks-address', file, {
        steps: [fetchTemplate('render', `${forge.url}/tidewater/payroll`)],
      }),
      template('asks-catalog', file, {
        steps: [
          {
            id: 'fetch',
            name: 'Fetch',
            action: 'catalog:fetch',
            input: { entityRef: 'component:default/basket' },
          },
        ],
      }),
      template('empty', file, {
        steps: [fetchTemplate('render', './nothing')],
      }),
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'basket', namespace: 'default' },
      },
    ],
    config: {
      integrations: {
        github: [
          {
            host: new URL(forge.url).host,
            apiBaseUrl: `${forge.url}/api/v3`,
            token: TOKEN,
          },
        ],
      },
    },
  });
  return {
    server: portal.server,
    preview: (
      body: object,
      header: string = mockCredentials.user.header(PLATFORM),
    ) =>
      request(portal.server)
        .post('/api/golden-paths/preview')
        .set('Authorization', header)
        .send(body),
    stop: async () => {
      await portal.stop();
      await forge.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type Kettle = Awaited<ReturnType<typeof startKettle>>;
