import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  doraSourcesExtensionPoint,
  readSecrets,
} from '@waymark/backstage-plugin-dora-node';
import { CDEventsSource } from './CDEventsSource';

const KEY = 'dora.sources.cdevents';

/** Takes CDEvents where `dora.sources.cdevents` has tokens or secrets. */
export const doraModuleCDEvents = createBackendModule({
  pluginId: 'dora',
  moduleId: 'cdevents',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: doraSourcesExtensionPoint,
      },
      async init({ config, logger, sources }) {
        const tokens = readSecrets(config, `${KEY}.tokens`) ?? [];
        const secrets = readSecrets(config, `${KEY}.secrets`) ?? [];
        if (tokens.length + secrets.length > 0) {
          sources.addSource(new CDEventsSource({ tokens, secrets }));
        } else {
          logger.info(
            `CDEvents are not taken: set ${KEY}.tokens or ${KEY}.secrets`,
          );
        }
      },
    });
  },
});
