import { RootConfigService } from '@backstage/backend-plugin-api';
import { Matcher, parseMatcher } from './matchers';
import { AlertSettings } from './translate';

const KEY = 'dora.sources.alertmanager.incidents';

/**
 * Which alerts are incidents, and of which service.
 *
 * @throws Error that names the key
 */
export function readAlertSettings(config: RootConfigService): AlertSettings {
  const matchers = config.getOptionalStringArray(`${KEY}.matchers`) ?? [
    'severity=~"critical|page"',
  ];
  const services = config.getOptionalStringArray(`${KEY}.services`) ?? [
    'service',
  ];
  const isName = (key: string) => /^[a-zA-Z_]\w*(\/[a-zA-Z_]\w*)*$/.test(key);
  if (services.length === 0 || !services.every(isName)) {
    throw new Error(`${KEY}.services must be names of labels`);
  }
  return { matchers: matchers.map(read), services };
}

function read(text: string): Matcher {
  try {
    return parseMatcher(text);
  } catch (error) {
    throw new Error(`${KEY}.matchers: ${(error as Error).message}`);
  }
}
