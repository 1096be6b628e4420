import { createHash, randomBytes } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { Context } from '../commands/Context';
import { parse } from '../commands/definition';
import { LAPTOP, portalAddress } from '../portal/address';
import { Credentials } from '../portal/Credentials';
import { endOf, redeem, signInService } from '../portal/oauth';
import { PortalClient } from '../portal/PortalClient';
import { PortalError } from '../portal/words';
import { openBrowser } from '../terminal/browser';
import { awaitBrowser } from './callback';
import { LOGIN } from './definitions';
import { readPerson } from './person';

/** `waymark login`: OAuth's code flow with PKCE, for a client without a secret. */
export async function login(args: string[], context: Context): Promise<number> {
  const { values, positionals } = parse(LOGIN, args);
  if (positionals.length > 1) throw new InputError('One portal at a time.');
  const { env, note, out } = context;
  const credentials = new Credentials(env);
  const url = portalAddress(
    positionals[0] ??
      (env.WAYMARK_URL?.trim() || credentials.read().current || LAPTOP),
  );
  const service = await signInService(url);

  const verifier = randomBytes(48).toString('base64url');
  const state = randomBytes(24).toString('base64url');
  const callback = await awaitBrowser(state, portNumber(values.port));
  try {
    const page = new URL(service.authorizationEndpoint);
    page.search = new URLSearchParams({
      client_id: service.clientId,
      redirect_uri: callback.redirectUri,
      response_type: 'code',
      scope: service.renews ? 'openid offline_access' : 'openid',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const opened = !values['no-browser'] && (await openBrowser(page.href, env));
    note(
      opened
        ? `Sign in in the browser. If no page opened, open this one:\n\n  ${page}\n\n`
        : `Open this page in a browser on this machine:\n\n  ${page}\n\n`,
    );
    const code = await callback.code;
    const { redirectUri } = callback;
    const tokens = await redeem(url, { code, redirectUri, verifier });
    const client = new PortalClient(url, {
      refused: `${url} does not take its own token. Is the clock here right?`,
      get: async () => tokens.access_token,
    });
    await mustBeWaymark(client);
    const person = await readPerson(client);
    await credentials.change(kept => {
      kept.current = url;
      kept.portals[url] = {
        user: person.ref,
        clientId: service.clientId,
        accessToken: tokens.access_token,
        expiresAt: endOf(tokens),
        refreshToken: tokens.refresh_token,
      };
    });
    if (values.json) {
      out(`${JSON.stringify({ portal: url, ...person }, null, 2)}\n`);
    } else {
      out(`Signed in to ${url} as ${person.title} (${person.ref}).\n`);
    }
    return 0;
  } finally {
    callback.close();
  }
}

/** A Backstage that is no Waymark signs in as well, and answers nothing else. */
async function mustBeWaymark(client: PortalClient): Promise<void> {
  const api = z.object({ openapi: z.string() }).passthrough();
  const found = await client.find('/api/golden-paths/openapi.json', api);
  if (!found) {
    throw new PortalError(
      `${client.url} is a Backstage, but no Waymark: it has no golden paths.`,
    );
  }
}

function portNumber(text = '0'): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new InputError(`--port ${text} is no port.`);
  }
  return port;
}
