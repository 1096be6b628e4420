import { Config } from '@backstage/config';
import { IssueSettings } from './issues';

const KEY = 'dora.sources.github';
/** Less could be guessed. */
const SHORTEST = 16;

/**
 * Secrets that deliveries may be signed with; undefined where GitHub is not set up.
 *
 * @throws Error that names the key
 */
export function readSecrets(config: Config): string[] | undefined {
  if (!config.has(KEY)) return undefined;
  const secrets = config.getStringArray(`${KEY}.secrets`);
  if (secrets.length < 1 || secrets.length > 2) {
    throw new Error(`${KEY}.secrets must be one secret, or two`);
  }
  if (secrets.some(secret => secret.length < SHORTEST)) {
    throw new Error(`${KEY}.secrets: at least ${SHORTEST} characters each`);
  }
  return secrets;
}

/** Which issues are incidents; those with the label `incident` where nothing is said. */
export function readIssues(config: Config): IssueSettings {
  const key = `${KEY}.incidents.labels`;
  return { labels: config.getOptionalStringArray(key) ?? ['incident'] };
}
