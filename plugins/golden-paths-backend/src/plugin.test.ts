import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  coreServices,
  createServiceFactory,
  PermissionsServiceRequestOptions,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
  Permission,
} from '@backstage/plugin-permission-common';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { previewSchema } from '@waymark/backstage-plugin-golden-paths-common';
import { Forge, startForge } from '@waymark/forge';
import request from 'supertest';
import goldenPathsPlugin from './index';

jest.setTimeout(60_000);

const TOKEN = 'token-of-the-portal';
const PLATFORM = 'user:default/jonas';
const DEVELOPER = 'user:default/maya';
/** Each lacks one of the rights. */
const DENIED: Record<string, string> = {
  [DEVELOPER]: 'scaffolder.template.dry-run',
  'user:default/reader': 'scaffolder.task.create',
  'user:default/half-blind': 'scaffolder.template.step.read',
  'user:default/blind': 'scaffolder.template.parameter.read',
};

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

/** Nobody may anything but the portal itself and the people above. */
const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: {},
  factory: () => {
    const decide = async (
      queries: Array<{ permission: Permission }>,
      { credentials }: PermissionsServiceRequestOptions,
    ): Promise<DefinitivePolicyDecision[]> => {
      const { principal } = credentials as BackstageCredentials<
        BackstageUserPrincipal | BackstageServicePrincipal
      >;
      const who = principal.type === 'user' ? principal.userEntityRef : '';
      return queries.map(({ permission }) => ({
        result:
          principal.type === 'service' ||
          who === PLATFORM ||
          (who in DENIED && DENIED[who] !== permission.name)
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      }));
    };
    return { authorize: decide, authorizeConditional: decide };
  },
});

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('POST /api/golden-paths/preview', () => {
  let folder: string;
  let forge: Forge;
  let server: Parameters<typeof request>[0];

  const preview = (
    body: object,
    header: string = mockCredentials.user.header(PLATFORM),
  ) =>
    request(server)
      .post('/api/golden-paths/preview')
      .set('Authorization', header)
      .send(body);

  const filesOf = async (templateRef: string, values: object) => {
    const response = await preview({ templateRef, values });
    expect(response.body.error).toBeUndefined();
    const answer = previewSchema.parse(response.body);
    if (answer.result !== 'files') throw new Error('It was refused');
    return answer.files;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'golden-paths-test-'));
    forge = await startForge({
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
      expect(response.ok).toBe(true);
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
    ({ server } = await startTestBackend({
      features: [
        goldenPathsPlugin,
        scaffolderPlugin,
        permissions,
        mockServices.database.factory({
          knex: await databases.init('POSTGRES_18'),
        }),
        catalogServiceMock.factory({
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
              steps: [
                fetchTemplate('render', `${forge.url}/tidewater/payroll`),
              ],
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
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost' },
            backend: { baseUrl: 'http://localhost', workingDirectory: folder },
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
        }),
      ],
    }));
  });
  afterAll(async () => {
    await forge.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['of-file', 'of-url', 'of-url-only'])(
    'shows what the template %s makes, its layers included',
    async name => {
      const files = await filesOf(`template:default/${name}`, {
        name: 'kettle',
        owner: 'group:default/kitchen',
      });
      expect(files).toEqual([
        {
          path: 'README.md',
          size: 11,
          executable: name === 'of-file',
          binary: false,
          content: '# "kettle"\n',
          truncated: false,
        },
        expect.objectContaining({
          path: 'catalog-info.yaml',
          content: 'owner: group:default/kitchen\n',
        }),
        expect.objectContaining({
          path: 'chart/deployment.yaml',
          content: 'image: ${{ github.sha }}\n',
        }),
        {
          path: 'logo.bin',
          size: 3,
          executable: false,
          binary: true,
          truncated: false,
        },
        expect.objectContaining({
          path: 'long.txt',
          size: 80_000,
          content: 'é'.repeat(32_768),
          truncated: true,
        }),
      ]);
    },
  );

  it('names the answers that the form does not take, in its words', async () => {
    const refused = await preview({
      templateRef: 'template:of-file',
      values: { name: 'Not a name', replicas: 11 },
    });
    expect(refused.status).toBe(200);
    expect(previewSchema.parse(refused.body)).toEqual({
      result: 'refused',
      problems: [
        { field: 'name', title: 'Name', message: 'Use small letters.' },
        {
          field: 'replicas',
          title: 'replicas',
          message: 'It must be less than or equal to 10.',
        },
      ],
    });

    const missing = await preview({
      templateRef: 'template:default/of-file',
      values: {},
    });
    expect(missing.body.problems).toEqual([
      { field: 'name', title: 'Name', message: 'An answer is needed.' },
    ]);
  });

  it.each<[string, string, number]>([
    ['no credentials', mockCredentials.none.header(), 401],
    ['a token that is none', 'Bearer guest', 401],
    ['a service', mockCredentials.service.header(), 403],
    ['who may do nothing', 'user:default/stranger', 403],
    ...Object.entries(DENIED).map(([who, denied]): [string, string, number] => [
      `who lacks ${denied}`,
      who,
      who === DEVELOPER ? 200 : 403,
    ]),
    ['who may', PLATFORM, 200],
  ])('answers %s', async (_, who, status) => {
    const header = who.startsWith('user:')
      ? mockCredentials.user.header(who)
      : who;
    const response = await preview(
      { templateRef: 'template:default/of-file', values: { name: 'kettle' } },
      header,
    );
    expect(response.status).toBe(status);
    expect('files' in response.body).toBe(status === 200);
  });

  it.each<[string, number, number, string]>([
    ['who asks', 403, 200, 'asks-user'],
    ['another address', 403, 409, 'asks-address'],
    ['what else the portal knows', 403, 200, 'asks-catalog'],
  ])(
    'leaves a template that reads %s to who may run any',
    async (_, developer, platform, name) => {
      const asked = {
        templateRef: `template:default/${name}`,
        values: { name: 'kettle' },
      };
      const header = mockCredentials.user.header;
      const { body, status } = await preview(asked, header(DEVELOPER));
      expect(status).toBe(developer);
      expect(body.error.name).toBe('NotAllowedError');
      const may = await preview(asked, header(PLATFORM));
      expect(may.status).toBe(platform);
    },
  );

  it.each([
    ['a template that is not there', 'template:default/none', 404, 'There is'],
    ['what is no template', 'component:default/basket', 400, 'not a template'],
    ['what is no ref', ':::', 400, 'templateRef must be'],
    ['a template from nowhere', 'template:of-nowhere', 409, 'not known where'],
    ['a folder that is gone', 'template:gone', 404, 'teapot'],
    ['a step that leads out', 'template:curious', 403, 'outside its parent'],
    ['a step of nothing', 'template:empty', 409, "lstat 'nothing'"],
    // Its repository may not make it one of this machine's files.
    ['a file by hearsay', 'template:of-two-minds', 409, 'not known where'],
  ])('says what is wrong with %s', async (_, templateRef, status, words) => {
    const { body, status: actual } = await preview({
      templateRef,
      values: { name: 'kettle' },
    });
    expect(body.error.message).toContain(words);
    expect(actual).toBe(status);
    expect(JSON.stringify(body)).not.toContain('not for anybody');
  });

  const levels = (count: number) =>
    JSON.parse(`${'['.repeat(count)}${']'.repeat(count)}`);
  const asked = { templateRef: 'template:of-file', values: {} };

  it.each<[string, string | object, number, string]>([
    ['nothing', {}, 400, 'templateRef: '],
    ['values that are none', { ...asked, values: 'x' }, 400, 'values: '],
    ['more', { ...asked, template: {} }, 400, 'template'],
    ['what is not JSON', '{"values": "not for anybody', 400, 'not JSON'],
    [
      'too many levels',
      { ...asked, values: { name: levels(4_000) } },
      400,
      'more than 50 levels',
    ],
    [
      'too much text',
      { ...asked, values: { name: 'x'.repeat(100_000) } },
      413,
      'too large',
    ],
  ])('refuses a body with %s', async (_, body, status, words) => {
    const response = await request(server)
      .post('/api/golden-paths/preview')
      .set('Authorization', mockCredentials.user.header(PLATFORM))
      .set('Content-Type', 'application/json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));
    expect(response.body.error?.message).toContain(words);
    expect(response.status).toBe(status);
    expect(response.text).not.toContain('not for anybody');
  });
});
