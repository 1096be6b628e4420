import {
  coreServices,
  createBackendModule,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import {
  doraSourcesExtensionPoint,
  readSecrets,
} from '@waymark/backstage-plugin-dora-node';
import { AlertmanagerSource } from './alertmanager/AlertmanagerSource';
import { readAlertSettings } from './alertmanager/config';
import { PagerDutySource } from './pagerduty/PagerDutySource';

const PAGERDUTY = 'dora.sources.pagerduty.secrets';
const ALERTMANAGER = 'dora.sources.alertmanager.tokens';
/** Each is tried on each delivery. */
const MOST_SECRETS = 20;

/** Takes incidents of PagerDuty and alerts of Alertmanager, each where it has secrets. */
export const doraModuleIncidents = createBackendModule({
  pluginId: 'dora',
  moduleId: 'incidents',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: doraSourcesExtensionPoint,
      },
      async init({ config, logger, sources }) {
        const secrets = secretsAt(config, PAGERDUTY);
        if (secrets) sources.addSource(new PagerDutySource(secrets));
        else
          logger.info(`Incidents of PagerDuty are not taken: set ${PAGERDUTY}`);

        const tokens = secretsAt(config, ALERTMANAGER);
        if (tokens) {
          const settings = readAlertSettings(config);
          sources.addSource(new AlertmanagerSource(tokens, settings));
        } else {
          logger.info(
            `Alerts of Alertmanager are not taken: set ${ALERTMANAGER}`,
          );
        }
      },
    });
  },
});

function secretsAt(config: RootConfigService, key: string) {
  const secrets = readSecrets(config, key);
  if (secrets && secrets.length > MOST_SECRETS) {
    throw new Error(`${key}: at most ${MOST_SECRETS}`);
  }
  return secrets;
}
