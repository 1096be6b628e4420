import { InputError } from '@backstage/errors';
import type { Context } from '../commands/Context';
import { parse } from '../commands/definition';
import { portalAddress } from '../portal/address';
import { Credentials, SignIn } from '../portal/Credentials';
import { revoke } from '../portal/oauth';
import { LOGOUT } from './definitions';

/**
 * `waymark logout`. Here it is always ended; that a portal could not be told is
 * said, and no fault.
 */
export async function logout(
  args: string[],
  { env, note, out }: Context,
): Promise<number> {
  const { values, positionals } = parse(LOGOUT, args);
  if (positionals.length > 1 || (values.all && positionals.length > 0)) {
    throw new InputError('One portal at a time, or --all.');
  }
  const credentials = new Credentials(env);
  const ended = await credentials.change(kept => {
    const all = Object.keys(kept.portals);
    const meant = positionals[0] ?? (env.WAYMARK_URL?.trim() || kept.current);
    const urls = values.all
      ? all
      : all.filter(url => meant && url === portalAddress(meant));
    const found = urls.map(url => [url, kept.portals[url]] as const);
    for (const url of urls) delete kept.portals[url];
    if (kept.current && !kept.portals[kept.current]) {
      [kept.current] = Object.keys(kept.portals);
    }
    return found;
  });
  const portals = ended.map(([url]) => url);
  for (const [url, signIn] of ended) await tell(url, signIn, note);
  if (values.json) {
    out(`${JSON.stringify({ signedOut: portals }, null, 2)}\n`);
  } else if (portals.length === 0) {
    out('You were not signed in.\n');
  } else {
    out(portals.map(url => `Signed out of ${url}.\n`).join(''));
  }
  return 0;
}

async function tell(
  url: string,
  { refreshToken, clientId }: SignIn,
  note: (text: string) => void,
) {
  if (!refreshToken) return;
  try {
    await revoke(url, refreshToken, clientId);
  } catch (error) {
    note(
      `${
        (error as Error).message
      } The sign-in is forgotten here; the portal ends it by itself once it is not used any more.\n`,
    );
  }
}
