import {
  coreServices,
  createServiceFactory,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import compliancePlugin from '../../plugins/compliance-backend/src';

/** Who asks: nothing is hidden from them. */
const HEADERS = {
  authorization: mockCredentials.user.header(),
  'content-type': 'application/json',
};

/** The backend of compliance, as it answers over HTTP. */
export interface ServedPortal {
  /** @returns the body; throws for any answer but a 2xx */
  ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown>;
  publish(topic: string, eventPayload: unknown): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The plugin in this process, over a database that is filled. The catalog is in
 * memory, and nothing happens by schedule: only what is asked for.
 */
export async function servePortal(options: {
  knex: Knex;
  entities: Entity[];
  config?: JsonObject;
}): Promise<ServedPortal> {
  const { knex, entities, config = {} } = options;
  const data = { app: { baseUrl: 'http://localhost' }, ...config };
  const events = mockServices.events();
  const backend = await startTestBackend({
    features: [
      compliancePlugin,
      mockServices.rootConfig.factory({ data }),
      mockServices.rootLogger.factory({ level: 'warn' }),
      mockServices.database.factory({ knex }),
      catalogServiceMock.factory({ entities }),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => idleScheduler,
      }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => {} }),
      }),
      createServiceFactory({
        service: coreServices.urlReader,
        deps: {
          logger: coreServices.logger,
          config: coreServices.rootConfig,
        },
        factory: (deps: { logger: LoggerService; config: never }) =>
          UrlReaders.default(deps),
      }),
    ],
  });
  const address = `http://localhost:${backend.server.port()}/api/compliance`;
  return {
    async ask(method, path, body) {
      const response = await fetch(`${address}${path}`, {
        method,
        headers: HEADERS,
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
      return JSON.parse(text);
    },
    publish: (topic, eventPayload) => events.publish({ topic, eventPayload }),
    stop: () => backend.stop(),
  };
}

const idleScheduler = {
  scheduleTask: async () => {},
  triggerTask: async () => {},
  cancelTask: async () => {},
  getScheduledTasks: async () => [],
  createScheduledTaskRunner: () => ({ run: async () => {} }),
};
