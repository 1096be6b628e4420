import {
  BackendFeature,
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  coreServices,
  createServiceFactory,
  PermissionsService,
  PermissionsServiceRequestOptions,
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
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
  Permission,
} from '@backstage/plugin-permission-common';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import request from 'supertest';
import goldenPathsPlugin from '../index';

export const PLATFORM = 'user:default/jonas';
export const DEVELOPER = 'user:default/maya';
/** Sees nothing in the catalog but what a test lets them see. */
export const VISITOR = 'user:default/visitor';
/** Reads no tasks of others. */
export const NO_TASKS = 'user:default/no-tasks';
/** Each lacks one of the rights. */
export const DENIED: Record<string, string> = {
  [DEVELOPER]: 'scaffolder.template.dry-run',
  [NO_TASKS]: 'scaffolder.task.read',
  'user:default/reader': 'scaffolder.task.create',
  'user:default/half-blind': 'scaffolder.template.step.read',
  'user:default/blind': 'scaffolder.template.parameter.read',
};

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
          who === VISITOR ||
          (who in DENIED && DENIED[who] !== permission.name)
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      }));
    };
    return {
      authorize: decide,
      authorizeConditional: (async (queries, how) =>
        userOf(how?.credentials) === VISITOR
          ? queries.map(() => ({ result: AuthorizeResult.CONDITIONAL }))
          : decide(
              queries,
              how!,
            )) as PermissionsService['authorizeConditional'],
    };
  },
});

/** Databases of the tests of one file. */
export function testDatabases() {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  return () => databases.init('POSTGRES_18');
}
export type OpenDatabase = ReturnType<typeof testDatabases>;

/** Each plugin has a database of its own, as in production. */
export function databaseOf(knexes: Record<string, Knex>) {
  return createServiceFactory({
    service: coreServices.database,
    deps: { plugin: coreServices.pluginMetadata },
    factory: ({ plugin }) => ({
      getClient: async () => knexes[plugin.getId()],
    }),
  });
}

/** The scaffolder and the golden paths; rounds run when a test says so. */
export async function startPortal(options: {
  open: OpenDatabase;
  entities: Entity[];
  /** Where the scaffolder works. */
  folder: string;
  config?: JsonObject;
  features?: BackendFeature[];
}) {
  const rounds = new Map<string, SchedulerServiceTaskFunction>();
  const knex = await options.open();
  const scaffolder = await options.open();
  const state = { entities: options.entities, visitorSees: [] as Entity[] };
  const catalog = catalogServiceMock.mock();
  for (const method of ['getEntityByRef', 'queryEntities'] as const) {
    catalog[method].mockImplementation((async (
      input: never,
      how: { credentials: BackstageCredentials },
    ) => {
      const isVisitor = userOf(how.credentials) === VISITOR;
      const entities = isVisitor ? state.visitorSees : state.entities;
      return catalogServiceMock({ entities })[method](input, how);
    }) as never);
  }
  const events = mockServices.events();
  const backend = await startTestBackend({
    features: [
      goldenPathsPlugin,
      scaffolderPlugin,
      permissions,
      databaseOf({ 'golden-paths': knex, scaffolder }),
      mockServices.scheduler.mock({
        scheduleTask: async ({ id, fn }) => {
          rounds.set(id, fn);
        },
      }).factory,
      catalog.factory,
      // One bus for all plugins, as in a portal.
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: {
            baseUrl: 'http://localhost',
            workingDirectory: options.folder,
          },
          ...options.config,
        },
      }),
      ...(options.features ?? []),
    ],
  });
  const ask = (
    method: 'get' | 'post' | 'delete',
    path: string,
    who: string | null,
  ) =>
    request(backend.server)
      [method](path)
      .set(
        'Authorization',
        who ? mockCredentials.user.header(who) : mockCredentials.none.header(),
      );
  const round = (
    name:
      | 'components'
      | 'creations'
      | 'creations-again'
      | 'rollouts'
      | 'templates',
  ) => rounds.get(`golden-paths:${name}`)!(new AbortController().signal);
  return {
    knex,
    events,
    server: backend.server,
    get: (path: string, who: string | null = PLATFORM) =>
      ask('get', `/api/golden-paths${path}`, who),
    post: (path: string, who: string | null = PLATFORM) =>
      ask('post', `/api/golden-paths${path}`, who),
    delete: (path: string, who: string | null = PLATFORM) =>
      ask('delete', `/api/golden-paths${path}`, who),
    /** Asks the scaffolder. */
    tasks: (method: 'get' | 'post', path: string, who = PLATFORM) =>
      ask(method, `/api/scaffolder/v2/tasks${path}`, who),
    /** What the catalog has. */
    state,
    stop: async () => {
      await backend.stop();
      // The scaffolder follows its tasks a second longer than it runs.
      scaffolder.client.acquireConnection = () => new Promise(() => undefined);
    },
    round,
    /** Looks at all that the catalog has. */
    look: async () => {
      await round('components');
      await round('templates');
    },
  };
}
export type Portal = Awaited<ReturnType<typeof startPortal>>;

function userOf(credentials?: BackstageCredentials) {
  const principal = credentials?.principal as
    | { userEntityRef?: string }
    | undefined;
  return principal?.userEntityRef;
}
