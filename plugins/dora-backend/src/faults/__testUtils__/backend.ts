import { existsSync } from 'node:fs';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import githubModule from '@waymark/backstage-plugin-dora-backend-module-github';
import {
  doraSourcesExtensionPoint,
  MalformedDelivery,
  Observation,
} from '@waymark/backstage-plugin-dora-node';
import replicas from '@waymark/replicas';
import doraPlugin from '../../index';
import { BulkHistory } from './bulk';

// One replica, as a process: the delivery metrics and what every backend has.
const backend = createBackend();
backend.add(replicas);
backend.add(doraPlugin);
backend.add(githubModule);

/** Deliveries that are observations, of whoever knows the word. */
backend.add(
  createBackendModule({
    pluginId: 'dora',
    moduleId: 'toy',
    register: reg =>
      reg.registerInit({
        deps: {
          config: coreServices.rootConfig,
          sources: doraSourcesExtensionPoint,
        },
        init: async ({ config, sources }) => {
          const broken = config.getString('faults.toyIsBroken');
          const pushes = config.getNumber('faults.pushes');
          sources.addSource({
            id: 'toy',
            verify: async ({ headers }) =>
              headers.authorization === 'Bearer toy' ? 'authentic' : 'unsigned',
            deliveryId: () => undefined,
            event: () => 'observations',
            ...(pushes > 0 && { history: new BulkHistory(pushes) }),
            translate: ({ body }) => {
              if (existsSync(broken)) {
                throw new MalformedDelivery('The toy is broken');
              }
              return { observations: body as Observation[] };
            },
          });
        },
      }),
  }),
);

/** A catalog of few components that are always there. */
backend.add(
  createServiceFactory({
    service: catalogServiceRef,
    deps: { config: coreServices.rootConfig },
    factory: ({ config }) =>
      new InMemoryCatalogClient({
        entities: config.get<Entity[]>('faults.entities'),
      }) as never,
  }),
);

const say = (message: string, meta?: unknown) =>
  process.stderr.write(
    `${message} ${meta instanceof Error ? meta.stack : ''}\n`,
  );
const logger: LoggerService = {
  error: say,
  warn: say,
  info: () => {},
  debug: () => {},
  child: () => logger,
};

/** What is wrong, and no more; it need not look for secrets in the configuration. */
backend.add(
  createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => logger,
  }),
);
process.once('disconnect', () => process.exit());

backend.start().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
