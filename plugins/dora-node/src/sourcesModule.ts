import {
  coreServices,
  createBackendModule,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { DeliverySource } from './DeliverySource';
import { doraSourcesExtensionPoint } from './extensionPoint';

/**
 * Makes a source as it is configured; undefined, and said so, where it is not set up.
 *
 * @throws Error that names the key
 */
export type SourceSetup = (
  config: RootConfigService,
  logger: LoggerService,
) => DeliverySource | undefined;

/** A module of the dora plugin that adds sources. */
export function sourcesModule(moduleId: string, ...setups: SourceSetup[]) {
  return createBackendModule({
    pluginId: 'dora',
    moduleId,
    register(reg) {
      reg.registerInit({
        deps: {
          config: coreServices.rootConfig,
          logger: coreServices.logger,
          sources: doraSourcesExtensionPoint,
        },
        async init({ config, logger, sources }) {
          for (const setUp of setups) {
            const source = setUp(config, logger);
            if (source) sources.addSource(source);
          }
        },
      });
    },
  });
}
