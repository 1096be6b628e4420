import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import authModulePersonaProvider from './index';

const maya = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'maya', namespace: 'default' },
  spec: { memberOf: ['checkout'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/checkout' }],
};

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const start = async (persona: object) =>
  startTestBackend({
    features: [
      mockServices.database.factory({
        knex: await databases.init('POSTGRES_18'),
      }),
      authPlugin,
      authModulePersonaProvider,
      catalogServiceMock.factory({ entities: [maya] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost' },
          auth: { providers: { persona } },
        },
      }),
    ],
  });

describe('persona sign-in', () => {
  it('enters as a listed catalog user, with their groups', async () => {
    const { server } = await start({
      users: [{ entityRef: 'user:default/maya', title: 'Maya' }],
    });

    const response = await request(server)
      .get('/api/auth/persona/refresh')
      .set('x-waymark-persona', 'user:default/maya');

    expect(response.status).toBe(200);
    const { identity } = response.body.backstageIdentity;
    identity.ownershipEntityRefs.sort();
    expect(identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/maya',
      ownershipEntityRefs: ['group:default/checkout', 'user:default/maya'],
    });
  });

  it.each([
    ['no name', undefined],
    ['a user who is not in the list', 'user:default/admin'],
    ['something else', '../maya'],
  ])('refuses %s', async (_, name) => {
    const { server } = await start({
      users: [{ entityRef: 'user:default/maya', title: 'Maya' }],
    });

    const response = await request(server)
      .get('/api/auth/persona/refresh')
      .set(name ? { 'x-waymark-persona': name } : {});

    expect(response.status).toBe(401);
    expect(response.body.error.message).toContain('user:default/maya');
  });
});
