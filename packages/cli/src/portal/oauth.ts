import { z } from 'zod';
import { PortalClient } from './PortalClient';
import { PortalError } from './words';

const discoverySchema = z.object({
  issuer: z.string().url(),
  authorization_endpoint: z.string().url(),
  client_id_metadata_document_supported: z.boolean().default(false),
  scopes_supported: z.array(z.string()).default([]),
});

const tokensSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
});

/** How a portal signs in command lines. */
export interface SignInService {
  authorizationEndpoint: string;
  clientId: string;
  /** Whether a sign-in can be renewed without the browser. */
  renews: boolean;
}

export type Tokens = z.infer<typeof tokensSchema>;

const AUTH = '/api/auth';

const asNobody = (url: string) =>
  new PortalClient(url, {
    refused: `${url} did not take the sign-in.`,
    get: async () => undefined,
  });

/**
 * Asks a portal how it signs in command lines.
 *
 * @throws PortalError where it is no Waymark, or does not
 */
export async function signInService(url: string): Promise<SignInService> {
  const found = await asNobody(url).find(
    `${AUTH}/.well-known/openid-configuration`,
    discoverySchema,
  );
  if (!found) throw new PortalError(`There is no Waymark at ${url}.`);
  // The browser would be sent there, and what it brings back would be for it.
  if (found.issuer !== `${url}${AUTH}`) {
    const own = found.issuer.replace(/\/api\/auth$/, '');
    throw new PortalError(
      `The portal at ${url} is known as ${own}: name it so.`,
    );
  }
  if (!found.client_id_metadata_document_supported) {
    throw new PortalError(
      `${url} signs in no command lines: whoever runs it has to set auth.clientIdMetadataDocuments.enabled. A token in WAYMARK_TOKEN works all the same.`,
    );
  }
  return {
    authorizationEndpoint: found.authorization_endpoint,
    clientId: `${found.issuer}/.well-known/oauth-client/cli.json`,
    renews: found.scopes_supported.includes('offline_access'),
  };
}

/** Tokens for the code that the browser brought. */
export function redeem(
  url: string,
  grant: { code: string; redirectUri: string; verifier: string },
): Promise<Tokens> {
  return asNobody(url).post(
    `${AUTH}/v1/token`,
    {
      grant_type: 'authorization_code',
      code: grant.code,
      redirect_uri: grant.redirectUri,
      code_verifier: grant.verifier,
    },
    tokensSchema,
  );
}

/** The next tokens; those before are no longer good. */
export function renew(url: string, refreshToken: string): Promise<Tokens> {
  return asNobody(url).post(
    `${AUTH}/v1/token`,
    { grant_type: 'refresh_token', refresh_token: refreshToken },
    tokensSchema,
  );
}

/** Ends a sign-in at the portal. */
export function revoke(
  url: string,
  token: string,
  clientId: string,
): Promise<void> {
  const body = { token, client_id: clientId, token_type_hint: 'refresh_token' };
  return asNobody(url).tell(`${AUTH}/v1/revoke`, body);
}

/** When a token ends, in milliseconds since 1970: it says so itself. */
export function endOf({ access_token: token, expires_in }: Tokens): number {
  try {
    const [, claims] = token.split('.');
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    if (typeof exp === 'number') return exp * 1000;
  } catch {
    // Of another form: then what was said beside it.
  }
  return Date.now() + expires_in * 1000;
}
