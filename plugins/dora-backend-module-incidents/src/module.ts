import {
  readSecrets,
  sourcesModule,
  SourceSetup,
} from '@waymark/backstage-plugin-dora-node';
import { alertmanager } from './alertmanager/source';
import { PagerDutySource } from './pagerduty/PagerDutySource';

const SECRETS = 'dora.sources.pagerduty.secrets';

const pagerDuty: SourceSetup = (config, logger) => {
  const secrets = readSecrets(config, SECRETS);
  if (secrets) return new PagerDutySource(secrets);
  logger.info(`Incidents of PagerDuty are not taken: set ${SECRETS}`);
  return undefined;
};

/** Takes incidents of PagerDuty and alerts of Alertmanager, each where it has secrets. */
export const doraModuleIncidents = sourcesModule(
  'incidents',
  pagerDuty,
  alertmanager,
);
