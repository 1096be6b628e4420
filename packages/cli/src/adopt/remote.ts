import { basename } from 'node:path';
import { ScaffoldEnvironment } from '@waymark/backstage-plugin-golden-paths-common';
import { gitIn } from '../upgrade/git';

/** Where `./waymark start` has the portal. */
const PORTAL = 'http://localhost:7007';
const SSH = /^(?:[^@/]+@)?([\w.-]+):(?!\/\/)(.+)$/;

/** What a repository is called, and where it is pushed to. */
export interface Remote {
  name: string;
  environment: ScaffoldEnvironment;
}

/**
 * Reads the address that a working tree was cloned from.
 *
 * @param portalUrl - of the portal that is to know it, if one is named
 */
export async function readRemote(
  folder: string,
  portalUrl = PORTAL,
): Promise<Remote> {
  const { stdout } = await gitIn(folder)(
    ['config', '--get', 'remote.origin.url'],
    { okCodes: [0, 1] },
  );
  const { gitHost, gitUrl, path } = placeOf(stdout.toString('utf8').trim());
  const [name, owner] = path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .reverse();
  return {
    name: name || basename(folder),
    environment: {
      gitHost,
      gitUrl,
      gitOwner: owner || 'unknown',
      portalUrl: portalUrl.replace(/\/+$/, ''),
    },
  };
}

function placeOf(address: string) {
  try {
    const { protocol, host, hostname, pathname } = new URL(address);
    if (!hostname) throw new Error('It is a folder');
    const isWeb = /^https?:$/.test(protocol);
    return {
      gitHost: isWeb ? host : hostname,
      gitUrl: isWeb ? `${protocol}//${host}` : `https://${hostname}`,
      path: pathname,
    };
  } catch {
    const [, host = 'github.com', path = ''] = SSH.exec(address) ?? [];
    return { gitHost: host, gitUrl: `https://${host}`, path };
  }
}
