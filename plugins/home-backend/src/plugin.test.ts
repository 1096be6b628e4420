import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { commitsSchema } from '@waymark/backstage-plugin-home-common';
import { Forge, startForge } from '@waymark/forge';
import request from 'supertest';
import homePlugin from './index';

const TOKEN = 'token-of-the-portal';
const MOCK_USER = 'user:default/mock';

let forge: Forge;
let folder: string;

const api = async (method: string, path: string, body: object) => {
  const response = await fetch(`${forge.url}/api/v3${path}`, {
    method,
    headers: { authorization: `token ${TOKEN}` },
    body: JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
};

const commit = (repository: string, path: string, message: string) =>
  api('PUT', `/repos/tidewater/${repository}/contents/${path}`, {
    message,
    content: Buffer.from(message).toString('base64'),
    committer: { name: 'Maya Okafor', email: 'maya@tidewater.example' },
  });

const component = (
  name: string,
  options: { owner?: string; source?: string; title?: string } = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    title: options.title,
    annotations: {
      'backstage.io/source-location':
        options.source ?? `url:${forge.url}/tidewater/${name}/tree/main/`,
    },
  },
  spec: { type: 'service', lifecycle: 'production' },
  relations: [{ type: 'ownedBy', targetRef: options.owner ?? MOCK_USER }],
});

const portal = async (entities: Entity[]) => {
  const { server } = await startTestBackend({
    features: [
      homePlugin,
      catalogServiceMock.factory({ entities }),
      mockServices.cache.factory(),
      mockServices.rootConfig.factory({
        data: {
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
  });
  return server;
};

const commitsOf = async (entities: Entity[], query = '') => {
  const response = await request(await portal(entities)).get(
    `/api/home/commits${query}`,
  );
  expect(response.status).toBe(200);
  return commitsSchema.parse(response.body);
};

describe('GET /api/home/commits', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'home-test-'));
    forge = await startForge({
      dataDir: folder,
      port: 0,
      organisations: [{ login: 'tidewater', name: 'Tidewater' }],
      accounts: [{ login: 'waymark', token: TOKEN }],
    });
    for (const name of ['basket', 'pricing', 'empty']) {
      await api('POST', '/orgs/tidewater/repos', { name, private: true });
    }
    await commit('basket', 'a.txt', 'Round prices down\n\nBecause of VAT.');
    await commit('pricing', 'a.txt', 'Ask for the price once');
  });
  afterAll(async () => {
    await forge.stop();
    await rm(folder, { recursive: true });
  });

  it('lists the commits of what one owns, first lines only', async () => {
    const { commits, unreadable } = await commitsOf([
      component('basket', { title: 'Basket service' }),
      component('pricing', { owner: 'group:default/others' }),
    ]);
    expect(unreadable).toEqual([]);
    expect(commits).toEqual([
      expect.objectContaining({
        entityRef: 'component:default/basket',
        component: 'Basket service',
        title: 'Round prices down',
        author: 'Maya Okafor',
        url: expect.stringMatching(
          /\/tidewater\/basket\/commit\/[0-9a-f]{40}$/,
        ),
      }),
    ]);
  });

  it('mixes repositories, and takes as many as asked for', async () => {
    const mine = [component('basket'), component('pricing')];
    const { commits } = await commitsOf(mine);
    expect(commits.map(({ title }) => title).sort()).toEqual([
      'Ask for the price once',
      'Round prices down',
    ]);
    const times = commits.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect((await commitsOf(mine, '?limit=1')).commits).toHaveLength(1);
  });

  it('lists the commits of a shared repository once', async () => {
    const source = `url:${forge.url}/tidewater/basket/tree/main/`;
    const { commits } = await commitsOf([
      component('basket-api', { source }),
      component('basket-web', { source }),
    ]);
    expect(commits).toHaveLength(1);
  });

  it('shows the others where one repository cannot be read', async () => {
    const { commits, unreadable } = await commitsOf([
      component('basket'),
      component('gone'),
    ]);
    expect(commits).toHaveLength(1);
    expect(unreadable).toEqual(['component:default/gone']);
  });

  it.each([
    ['an empty repository', () => component('empty')],
    [
      'a repository on another kind of host',
      () => component('x', { source: 'url:https://git.example/a/b' }),
    ],
    ['a component from a file', () => component('x', { source: 'file:/x' })],
  ])('has nothing to show of %s', async (_, entity) => {
    expect(await commitsOf([entity()])).toEqual({
      commits: [],
      unreadable: [],
    });
  });

  it.each(['0', '51', '1.5', 'many'])('refuses limit=%s', async limit => {
    const response = await request(await portal([])).get(
      `/api/home/commits?limit=${limit}`,
    );
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain('limit must be');
  });

  it('is for users only', async () => {
    const response = await request(await portal([]))
      .get('/api/home/commits')
      .set('Authorization', 'Bearer nobody');
    expect(response.status).toBe(401);
  });
});
