import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BackstageCredentials,
  coreServices,
  createBackendModule,
  createServiceFactory,
  SchedulerServiceTaskFunction,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  AuthorizeResult,
  BasicPermission,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  notificationService,
  NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import {
  Collector,
  complianceCollectorsExtensionPoint,
} from '@waymark/backstage-plugin-compliance-node';
import { Forge, startForge } from '@waymark/forge';
import { decide } from '@waymark/backstage-plugin-permission-backend-module-waymark';
import { Knex } from 'knex';
import request from 'supertest';
import compliancePlugin from '../index';

const TOKEN = 'token-of-the-portal';
/** People of the tests, and the groups they are members of. */
export const PEOPLE = {
  'user:default/maya': ['group:default/checkout'],
  'user:default/priya': ['group:default/delivery'],
  'user:default/jonas': ['group:default/platform-engineering'],
  /** Sees nothing but what is named `open-…`. */
  'user:default/visitor': [],
  'user:development/guest': [],
} as const;
export type Person = keyof typeof PEOPLE;
type Method = 'get' | 'post' | 'put' | 'delete';
const VISITOR = 'user:default/visitor';

const userOf = (credentials?: BackstageCredentials) => {
  const principal = credentials?.principal as
    | { type: string; userEntityRef?: string }
    | undefined;
  return principal?.userEntityRef as Person | undefined;
};

/** Repositories that can be written to. */
export async function startTestForge() {
  const folder = await mkdtemp(join(tmpdir(), 'compliance-test-'));
  const forge: Forge = await startForge({
    dataDir: folder,
    port: 0,
    organisations: [
      { login: 'tidewater', name: 'Tidewater' },
      { login: 'other', name: 'Others' },
    ],
    accounts: [{ login: 'waymark', token: TOKEN }],
  });
  const api = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${forge.url}/api/v3${path}`, {
      method,
      headers: { authorization: `token ${TOKEN}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.status === 204 ? undefined : response.json();
  };
  return {
    url: forge.url,
    api,
    repository: (name: string, owner = 'tidewater') =>
      api('POST', `/orgs/${owner}/repos`, { name, private: true }),
    remove: (repository: string) =>
      api('DELETE', `/repos/tidewater/${repository}`),
    commit: (repository: string, path: string, text: string) =>
      api('PUT', `/repos/tidewater/${repository}/contents/${path}`, {
        message: path,
        content: Buffer.from(text).toString('base64'),
      }),
    push: (repository: string, branch = 'main') => ({
      topic: 'github.push',
      eventPayload: {
        ref: `refs/heads/${branch}`,
        repository: {
          html_url: `${forge.url}/tidewater/${repository}`,
          default_branch: 'main',
        },
      },
    }),
    stop: async () => {
      await forge.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type TestForge = Awaited<ReturnType<typeof startTestForge>>;

/** A portal that scores components of the forge. */
export async function startPortal(options: {
  forge: TestForge;
  knex: Knex;
  entities: Entity[];
  config?: object;
  collectors?: Collector[];
}) {
  const { forge, knex } = options;
  const tasks = new Map<string, SchedulerServiceTaskFunction>();
  const events = mockServices.events();
  const sent: NotificationSendOptions[] = [];
  const audited: { eventId: string; ok: boolean; meta: object }[] = [];
  const state = {
    entities: options.entities,
    catalogFails: false,
    notificationsFail: false,
  };

  /** What the catalog holds now, and the visitor's part of it. */
  const catalog = catalogServiceMock.mock();
  for (const method of [
    'getEntityByRef',
    'getEntitiesByRefs',
    'queryEntities',
  ] as const) {
    catalog[method].mockImplementation((async (
      input: never,
      how: { credentials: BackstageCredentials },
    ) => {
      if (state.catalogFails) throw new Error('connect ECONNREFUSED');
      const entities =
        userOf(how.credentials) === VISITOR
          ? state.entities.filter(e => e.metadata.name.startsWith('open-'))
          : state.entities;
      return catalogServiceMock({ entities })[method](input, how);
    }) as never);
  }

  const decision = (permission: Permission, who?: Person): PolicyDecision => {
    if (!who) return { result: AuthorizeResult.ALLOW };
    const own: readonly string[] = PEOPLE[who] ?? [];
    const isPlatform = own.includes('group:default/platform-engineering');
    if (who === VISITOR && permission.name === 'catalog.entity.read') {
      return {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: { rule: 'X', resourceType: 'catalog-entity' },
      };
    }
    return {
      result:
        decide(permission, isPlatform) === 'deny'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    };
  };
  const authorize = async (
    queries: { permission: Permission }[],
    how?: { credentials: BackstageCredentials },
  ) =>
    queries.map(({ permission }) =>
      decision(permission as BasicPermission, userOf(how?.credentials)),
    );

  const backend = await startTestBackend({
    features: [
      compliancePlugin,
      actionsRegistryServiceFactory,
      createBackendModule({
        pluginId: 'compliance',
        moduleId: 'collectors',
        register: reg =>
          reg.registerInit({
            deps: { point: complianceCollectorsExtensionPoint },
            init: async ({ point }) =>
              options.collectors?.forEach(one => point.addCollector(one)),
          }),
      }),
      mockServices.scheduler.mock({
        scheduleTask: async ({ id, fn }) => {
          tasks.set(id, fn);
        },
      }).factory,
      mockServices.database.factory({ knex }),
      catalog.factory,
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
      mockServices.permissions.mock({
        authorize: authorize as never,
        authorizeConditional: authorize as never,
      }).factory,
      mockServices.userInfo.mock({
        getUserInfo: async credentials => {
          const who = userOf(credentials)!;
          return {
            userEntityRef: who,
            ownershipEntityRefs: [who, ...(PEOPLE[who] ?? [])],
          };
        },
      }).factory,
      mockServices.auditor.mock({
        createEvent: async ({ eventId, meta = {} }) => {
          const end = (ok: boolean) => async (more?: { meta?: object }) => {
            audited.push({ eventId, ok, meta: { ...meta, ...more?.meta } });
          };
          return { success: end(true), fail: end(false) };
        },
      }).factory,
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async (message: NotificationSendOptions) => {
            if (state.notificationsFail) throw new Error('ECONNREFUSED');
            sent.push(message);
          },
        }),
      }),
      createServiceFactory({
        service: coreServices.urlReader,
        deps: {
          logger: coreServices.logger,
          config: coreServices.rootConfig,
        },
        factory: deps => UrlReaders.default(deps),
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          integrations: {
            github: [
              {
                host: new URL(forge.url).host,
                apiBaseUrl: `${forge.url}/api/v3`,
                token: TOKEN,
              },
            ],
          },
          ...options.config,
        },
      }),
    ],
  });

  const call = (method: Method, path: string, who?: Person | null) => {
    const sending = request(backend.server)[method](`/api/compliance${path}`);
    if (who === null) {
      return sending.set('Authorization', mockCredentials.none.header());
    }
    return sending.set(
      'Authorization',
      who ? mockCredentials.user.header(who) : mockCredentials.service.header(),
    );
  };
  return {
    stop: () => backend.stop(),
    events,
    state,
    sent,
    audited,
    run: (task: 'components' | 'work' | 'history' | 'tidy') =>
      tasks.get(`compliance:${task}`)!(new AbortController().signal),
    /** Without a person as a service, with null as nobody. */
    get: (path: string, who?: Person | null) => call('get', path, who),
    post: (path: string, who?: Person | null, body: object = {}) =>
      call('post', path, who).send(body),
    put: (path: string, who?: Person | null, body: object = {}) =>
      call('put', path, who).send(body),
    delete: (path: string, who?: Person | null) => call('delete', path, who),
  };
}
export type Portal = Awaited<ReturnType<typeof startPortal>>;

/** A service of the catalog whose files are in the forge. */
export function service(
  forge: TestForge,
  name: string,
  more: {
    owner?: string;
    description?: string;
    source?: string;
    metadata?: Partial<Entity['metadata']>;
  } = {},
): Entity {
  const owner = more.owner ?? 'group:default/checkout';
  const place = `url:${more.source ?? `${forge.url}/tidewater/${name}`}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      namespace: 'default',
      name,
      description: more.description ?? 'Prices baskets',
      annotations: {
        'backstage.io/managed-by-location': `url:${forge.url}/tidewater/${name}/blob/main/catalog-info.yaml`,
        'backstage.io/source-location': `${place}/tree/main/`,
      },
      ...more.metadata,
    },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

/** A team. */
export function group(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { namespace: 'default', name, title: `Team ${name}` },
    spec: { type: 'team', children: [] },
  };
}

export const refOf = (entity: Entity) => stringifyEntityRef(entity);
