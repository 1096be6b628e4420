import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { Authenticity, Received } from './DeliverySource';

/** Less could be guessed. */
const SHORTEST = 16;
/** Each is tried on each delivery. */
const MOST = 20;

/**
 * Secrets at a key of the configuration: one, or several while one takes the place
 * of another; undefined where there is none.
 *
 * @throws Error that names the key
 */
export function readSecrets(
  config: RootConfigService,
  key: string,
): string[] | undefined {
  const values = config.getOptional(key);
  if (values === undefined) return undefined;
  if (!Array.isArray(values)) throw new Error(`${key} must be a list`);
  // Of an environment variable that is not set, nothing is left.
  const secrets = values.filter(value => value !== null && value !== '');
  for (const secret of secrets) {
    if (typeof secret !== 'string' || secret.length < SHORTEST) {
      throw new Error(`${key}: at least ${SHORTEST} characters each`);
    }
  }
  if (secrets.length > MOST) throw new Error(`${key}: at most ${MOST}`);
  return secrets.length > 0 ? (secrets as string[]) : undefined;
}

/** Whether `Authorization` has one of the tokens as bearer. */
export function bearerAuthenticity(
  { headers }: Received,
  tokens: readonly string[],
): Authenticity {
  const { authorization } = headers;
  if (authorization === undefined) return 'unsigned';
  const [, token] = /^bearer +(\S+)$/i.exec(authorization) ?? [];
  return token && isOneOf(token, tokens) ? 'authentic' : 'forged';
}

/** Whether a signature in hex is the HMAC-SHA-256 of the body by one of the secrets. */
export function isSignedByOneOf(
  body: Buffer,
  signature: string,
  secrets: readonly string[],
): boolean {
  return isOneOf(
    signature.toLowerCase(),
    secrets.map(secret =>
      createHmac('sha256', secret).update(body).digest('hex'),
    ),
  );
}

/** Takes as long for each: neither where they differ nor how long they are shows. */
function isOneOf(given: string, expected: readonly string[]): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  const found = expected.filter(one => timingSafeEqual(hash(one), hash(given)));
  return found.length > 0;
}
