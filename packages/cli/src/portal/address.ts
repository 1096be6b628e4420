import { InputError } from '@backstage/errors';

/** Where laptop mode puts the portal. */
export const LAPTOP = 'http://localhost:7007';

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The address of a portal without a trailing slash, so that one is known by one
 * address only.
 *
 * @throws InputError where it is none, or would carry a token for all to read
 */
export function portalAddress(text: string): string {
  const written = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) {
    throw new InputError(
      `${text} is no address of a portal, such as https://portal.example`,
    );
  }
  if (url.username || url.password) {
    throw new InputError('An address with a password is not taken.');
  }
  if (url.protocol === 'http:' && !LOCAL.includes(url.hostname)) {
    throw new InputError(
      `${url.origin} is not asked: by http anybody on the way could read your token. Use https.`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
