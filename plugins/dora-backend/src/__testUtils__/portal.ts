import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  BackendFeature,
  BackstageCredentials,
  createBackendModule,
  createServiceFactory,
  SchedulerServiceTaskFunction,
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
  Permission,
} from '@backstage/plugin-permission-common';
import {
  SignalPayload,
  signalsServiceRef,
} from '@backstage/plugin-signals-node';
import { doraIngestPermission } from '@waymark/backstage-plugin-dora-common';
import githubModule from '@waymark/backstage-plugin-dora-backend-module-github';
import {
  Delivery,
  DeliverySource,
  doraSourcesExtensionPoint,
  MalformedDelivery,
  Observation,
  SourceHistory,
} from '@waymark/backstage-plugin-dora-node';
import createKnex, { Knex } from 'knex';
import request from 'supertest';
import doraPlugin from '../index';
import { OLD_SECRET, Payload, SECRET, signed } from './github';

export const MAYA = 'user:default/maya';
/** Manages deliveries. */
export const JONAS = 'user:default/jonas';
/** Sees nothing in the catalog. */
export const VISITOR = 'user:default/visitor';

/** Databases of the tests of one file. */
export function testDatabases() {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  return () => databases.init('POSTGRES_18');
}

/** A source whose deliveries are observations, and that can be broken and mended. */
export class ToySource implements DeliverySource {
  readonly id = 'toy';
  readonly history?: SourceHistory;
  broken = false;
  async verify({ headers }: { headers: { authorization?: string } }) {
    return headers.authorization === 'Bearer toy' ? 'authentic' : 'unsigned';
  }
  deliveryId() {
    return undefined;
  }
  event() {
    return 'observations';
  }
  translate({ body }: Delivery) {
    if (this.broken) throw new MalformedDelivery('The toy is broken');
    return { observations: body as Observation[] };
  }
}

/** One replica of the portal. */
export async function startPortal(options: {
  knex: Knex;
  entities?: Entity[];
  dora?: object;
  toy?: ToySource;
  /** Modules of other sources. */
  modules?: BackendFeature[];
  /** Of the REST API of git.example.com. */
  apiBaseUrl?: string;
}) {
  // Each replica has connections of its own.
  const knex = createKnex(options.knex.client.config);
  const tasks = new Map<string, SchedulerServiceTaskFunction>();
  const audited: { eventId: string; ok: boolean }[] = [];
  const told: SignalPayload[] = [];
  const state = { entities: options.entities ?? [] };
  const catalog = catalogServiceMock.mock();
  for (const method of ['getEntityByRef', 'queryEntities'] as const) {
    catalog[method].mockImplementation((async (
      input: never,
      how: { credentials: BackstageCredentials },
    ) => {
      const entities =
        userOf(how.credentials) === VISITOR ? [] : state.entities;
      return catalogServiceMock({ entities })[method](input, how);
    }) as never);
  }
  const toy = options.toy ?? new ToySource();
  const backend = await startTestBackend({
    features: [
      doraPlugin,
      githubModule,
      ...(options.modules ?? []),
      createBackendModule({
        pluginId: 'dora',
        moduleId: 'toy',
        register: reg =>
          reg.registerInit({
            deps: { sources: doraSourcesExtensionPoint },
            init: async ({ sources }) => sources.addSource(toy),
          }),
      }),
      mockServices.scheduler.mock({
        scheduleTask: async ({ id, fn }) => {
          tasks.set(id, fn);
        },
      }).factory,
      actionsRegistryServiceFactory,
      mockServices.database.factory({ knex }),
      catalog.factory,
      mockServices.permissions.mock({
        authorize: (async (
          queries: { permission: Permission }[],
          how: { credentials: BackstageCredentials },
        ) =>
          queries.map(({ permission }) => ({
            result:
              permission.name === doraIngestPermission.name &&
              userOf(how.credentials) !== JONAS
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }))) as never,
        authorizeConditional: (async (
          queries: unknown[],
          how: { credentials: BackstageCredentials },
        ) =>
          queries.map(() => ({
            result:
              userOf(how.credentials) === VISITOR
                ? AuthorizeResult.CONDITIONAL
                : AuthorizeResult.ALLOW,
          }))) as never,
      }).factory,
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async signal => {
            told.push(signal);
          },
        }),
      }),
      mockServices.auditor.mock({
        createEvent: async ({ eventId }) => {
          const end = (ok: boolean) => async () => {
            audited.push({ eventId, ok });
          };
          return { success: end(true), fail: end(false) };
        },
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            github: [
              {
                host: 'git.example.com',
                token: 'x',
                ...(options.apiBaseUrl && { apiBaseUrl: options.apiBaseUrl }),
              },
            ],
          },
          dora: {
            sources: { github: { secrets: [SECRET, OLD_SECRET] } },
            ...options.dora,
          },
        },
      }),
    ],
  });

  const call = (method: 'get' | 'post', path: string, who: string | null) =>
    request(backend.server)
      [method](`/api/dora${path}`)
      .set(
        'Authorization',
        who ? mockCredentials.user.header(who) : mockCredentials.none.header(),
      );
  const run = (task: 'backfill' | 'components' | 'retention' | 'work') =>
    tasks.get(`dora:${task}`)!(new AbortController().signal);
  return {
    audited,
    run,
    state,
    told,
    toy,
    server: backend.server,
    stop: async () => {
      await backend.stop();
      await knex.destroy();
    },
    get: (path: string, who: string | null = MAYA) => call('get', path, who),
    post: (path: string, who: string | null = MAYA) => call('post', path, who),
    /** Sends it as it is, signed by nobody. */
    send: (text: string | Buffer, headers: Record<string, string>) => {
      const sending = call('post', '/webhooks/github', null).set(headers);
      return sending.serialize(value => value as never).send(text as never);
    },
    deliver: async (payload: Payload, deliveryId: string, secret = SECRET) => {
      const { text, headers } = await signed(payload, deliveryId, secret);
      return call('post', '/webhooks/github', null).set(headers).send(text);
    },
    /** As another source sends it. */
    hook: (source: string, body: unknown, headers: Record<string, string>) =>
      request(backend.server)
        .post(`/api/dora/webhooks/${source}`)
        .set({ 'content-type': 'application/json', ...headers })
        .send(typeof body === 'string' ? body : JSON.stringify(body)),
    observe: (observations: unknown) =>
      request(backend.server)
        .post('/api/dora/webhooks/toy')
        .set('Authorization', 'Bearer toy')
        .send(observations as object),
  };
}
export type Portal = Awaited<ReturnType<typeof startPortal>>;

/** Works until nothing waits, on all replicas. */
export async function settle(knex: Knex, ...portals: Portal[]) {
  const end = Date.now() + 30_000;
  for (;;) {
    await Promise.all(portals.map(({ run }) => run('work')));
    const waiting = [
      await knex('inbox').where({ state: 'waiting' }).first('id'),
      await knex('units').where({ waiting: true }).first('id'),
      await knex('row_work')
        .where({ waiting: true })
        // What lies in the future waits for its day; what failed is tried again.
        .whereRaw('(due_at <= now() or attempts > 0)')
        .first('id'),
    ].filter(Boolean);
    if (waiting.length === 0) return;
    if (Date.now() > end) throw new Error(JSON.stringify(waiting));
  }
}

/** A service whose files are in the repository, or a folder of it. */
export function service(name: string, path = ''): Entity {
  const base = 'https://git.example.com/tidewater/pricing/tree/main/';
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      namespace: 'default',
      name,
      annotations: {
        'backstage.io/managed-by-location': `url:${base}catalog-info.yaml`,
        'backstage.io/source-location': `url:${base}${path}`,
        'pagerduty.com/service-id': `PD-${name}`,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'checkout' },
  };
}

/** All that is derived, as it is stored. */
export async function storedFacts(knex: Knex) {
  const all = await Promise.all(
    ['deployments', 'changes', 'incidents'].map(table =>
      knex(table).select().orderBy('id'),
    ),
  );
  return JSON.stringify(all);
}

function userOf(credentials?: BackstageCredentials) {
  const principal = credentials?.principal as
    | { userEntityRef?: string }
    | undefined;
  return principal?.userEntityRef;
}
