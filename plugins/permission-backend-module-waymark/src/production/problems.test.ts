import { ConfigReader } from '@backstage/config';
import { startTestBackend, mockServices } from '@backstage/backend-test-utils';
import { permissionFeatures } from '../features';
import { findProductionProblems, isProduction } from './problems';

const keysOf = (data: object) =>
  findProductionProblems(new ConfigReader(data as never)).map(({ key }) => key);

const safe = {
  permission: { enabled: true },
  auth: {
    session: { secret: 'a-long-secret' },
    providers: { github: { production: { clientSecret: 'also-secret' } } },
  },
  integrations: { github: [{ host: 'github.com', token: 'token' }] },
};

describe('findProductionProblems', () => {
  it('finds nothing in a safe configuration', () => {
    expect(keysOf(safe)).toEqual([]);
  });

  it.each([
    ['auth.providers.guest', { auth: { providers: { guest: {} } } }],
    [
      'auth.providers.persona',
      { auth: { providers: { persona: { users: [] } } } },
    ],
    ['permission.enabled', { permission: { enabled: false } }],
    ['permission.enabled', { permission: {} }],
    [
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
      { backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } } },
    ],
    ['auth.session.secret', { auth: { session: { secret: '' } } }],
    [
      'auth.providers.oidc.production.clientSecret',
      {
        auth: {
          session: { secret: 'a-long-secret' },
          providers: { oidc: { production: { clientSecret: ' ' } } },
        },
      },
    ],
    [
      'integrations.github[0].token',
      { integrations: { github: [{ host: 'github.com', token: '' }] } },
    ],
    [
      'backend.database.connection.password',
      { backend: { database: { connection: { password: '' } } } },
    ],
    [
      'dora.sources.github.secrets[1]',
      { dora: { sources: { github: { secrets: ['one-of-two', ''] } } } },
    ],
    [
      'events.modules.github.webhookSecret',
      { events: { modules: { github: { webhookSecret: '' } } } },
    ],
    [
      'events.modules.github.webhookSecret',
      { events: { http: { topics: ['github'] } } },
    ],
    ['auth.session.secret', { auth: { providers: { oidc: {} } } }],
    [
      'integrations.github[1].token',
      {
        integrations: {
          github: [{ host: 'github.com', apps: [] }, { host: 'ghe.example' }],
        },
      },
    ],
  ])('names %s', (key, change) => {
    expect(keysOf({ ...safe, ...change })).toEqual([key]);
  });
});

describe('isProduction', () => {
  it.each([
    ['production', undefined, true],
    [undefined, 'production', true],
    ['development', 'development', false],
    [undefined, undefined, false],
  ])(
    'NODE_ENV %s, auth.environment %s: %s',
    (nodeEnv, environment, expected) => {
      const config = new ConfigReader(
        environment ? { auth: { environment } } : {},
      );
      expect(isProduction(config, nodeEnv)).toBe(expected);
    },
  );
});

describe('the production guard', () => {
  const start = (data: object) =>
    startTestBackend({
      features: [
        permissionFeatures,
        mockServices.rootConfig.factory({ data: data as never }),
      ],
    });

  it('refuses to start and says which keys to change', async () => {
    await expect(
      start({
        auth: { environment: 'production', providers: { guest: {} } },
        permission: { enabled: false },
      }),
    ).rejects.toThrow(
      /refuses to start in production[^]*auth\.providers\.guest[^]*permission\.enabled/,
    );
  });

  it('lets laptop mode keep its sign-in without a password', async () => {
    await expect(
      start({
        auth: { environment: 'development', providers: { persona: {} } },
        permission: { enabled: true },
      }),
    ).resolves.toBeDefined();
  });
});
