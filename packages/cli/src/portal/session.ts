import { InputError } from '@backstage/errors';
import type { Context } from '../commands/Context';
import { portalAddress } from './address';
import { Credentials, SignIn } from './Credentials';
import { tokenOf } from './download';
import { endOf, renew } from './oauth';
import { PortalClient } from './PortalClient';
import { PortalError } from './words';

/** A token that ends while it is on its way would be refused. */
const MARGIN_MS = 60_000;

const isGood = ({ expiresAt }: SignIn) => expiresAt - MARGIN_MS > Date.now();

const signedOut = (url: string, words = 'You are no longer') =>
  `${words} signed in to ${url}. Sign in with: waymark login ${url}`;

/**
 * The portal that is meant: what the command says, or `WAYMARK_URL`, or where one
 * has signed in last.
 *
 * @throws InputError where nothing says which
 */
export function portalOf(
  given: string | undefined,
  { env }: Pick<Context, 'env'>,
): string {
  const named = given ?? (env.WAYMARK_URL?.trim() || undefined);
  if (named) return portalAddress(named);
  const { current } = new Credentials(env).read();
  if (current) return current;
  throw new InputError(
    'Which portal? Sign in with waymark login URL, or name it by --portal URL or WAYMARK_URL.',
  );
}

/**
 * Asks that portal as whoever is signed in there, or with `WAYMARK_TOKEN`.
 *
 * @throws InputError where nothing says which portal
 */
export function clientOf(
  given: string | undefined,
  context: Pick<Context, 'env'>,
): PortalClient {
  const url = portalOf(given, context);
  const token = tokenOf(context.env);
  if (token) {
    return new PortalClient(url, {
      refused: `${url} does not take the token in WAYMARK_TOKEN: it is wrong, or over.`,
      get: async () => token,
    });
  }
  const credentials = new Credentials(context.env);
  return new PortalClient(url, {
    refused: signedOut(url),
    get: () => currentToken(credentials, url),
  });
}

/** A token for that portal where somebody is signed in, without asking it for more. */
export async function tokenFor(
  url: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const credentials = new Credentials(env);
  if (!credentials.read().portals[url]) return undefined;
  return currentToken(credentials, url);
}

/** The token of the environment, or else of the portal that an address is of. */
export async function tokenAt(
  address: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const given = tokenOf(env);
  if (given || !/^https?:/i.test(address)) return given;
  const portal = Object.keys(new Credentials(env).read().portals).find(
    url => address === url || address.startsWith(`${url}/`),
  );
  return portal && tokenFor(portal, env);
}

async function currentToken(
  credentials: Credentials,
  url: string,
): Promise<string> {
  const signIn = credentials.read().portals[url];
  if (!signIn) throw new PortalError(signedOut(url, 'You are not'), 401);
  if (isGood(signIn)) return signIn.accessToken;
  // Each refresh token is good once: of two commands at a time only one renews.
  return credentials.change(async kept => {
    const now = kept.portals[url];
    if (!now) throw new PortalError(signedOut(url, 'You are not'), 401);
    if (isGood(now)) return now.accessToken;
    if (!now.refreshToken) throw new PortalError(signedOut(url), 401);
    const tokens = await renew(url, now.refreshToken).catch(error => {
      const { status } = error as PortalError;
      throw status === 400 || status === 401
        ? new PortalError(signedOut(url), 401)
        : error;
    });
    kept.portals[url] = {
      ...now,
      accessToken: tokens.access_token,
      expiresAt: endOf(tokens),
      refreshToken: tokens.refresh_token ?? now.refreshToken,
    };
    return tokens.access_token;
  });
}
