import { Octokit } from '@octokit/rest';

const quiet = () => undefined;

/** A client of the forge's API; asking whether something exists is no news. */
export function forgeClient(forgeUrl: string, token: string): Octokit {
  return new Octokit({
    auth: token,
    baseUrl: `${forgeUrl}/api/v3`,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
}
