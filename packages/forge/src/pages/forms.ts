import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Request, Response } from 'express';
import { Context } from '../context';
import { ApiError } from '../errors';
import { html, SafeHtml } from './html';

const COOKIE = 'forge_form';

/** The value of the forms' cookie, set now if the browser has none. */
function cookieOf(req: Request, res: Response): string {
  const known = readCookie(req);
  if (known) {
    return known;
  }
  const value = randomBytes(18).toString('base64url');
  res.cookie(COOKIE, value, { httpOnly: true, sameSite: 'strict', path: '/' });
  return value;
}

function readCookie(req: Request): string | undefined {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{24})(?:;|$)`).exec(
    req.headers.cookie ?? '',
  )?.[1];
}

function tokenFor(context: Context, cookie: string): string {
  return createHmac('sha256', context.store.formKey)
    .update(cookie)
    .digest('base64url');
}

/** The hidden field every form that changes something carries. */
export function formToken(
  context: Context,
  req: Request,
  res: Response,
): SafeHtml {
  // One page may have several forms, but only one cookie is set for them.
  const cookie = (res.locals.formCookie ??= cookieOf(req, res)) as string;
  return html`<input
    type="hidden"
    name="token"
    value="${tokenFor(context, cookie)}"
  />`;
}

/**
 * Lets only our own forms through: the request must come from a page of this
 * forge and carry the token that was given to this browser.
 *
 * @throws ApiError 403
 */
export function checkForm(context: Context, req: Request): void {
  const origin = req.get('origin');
  const host = req.get('host') ?? '';
  const own = [`http://${host}`, `https://${host}`];
  const sameOrigin =
    origin === undefined
      ? req.get('sec-fetch-site') === 'same-origin'
      : own.includes(origin);
  const cookie = readCookie(req);
  const given = Buffer.from(String((req.body as { token?: unknown })?.token));
  const wanted = Buffer.from(cookie ? tokenFor(context, cookie) : '');
  if (
    !sameOrigin ||
    !cookie ||
    given.length !== wanted.length ||
    !timingSafeEqual(given, wanted)
  ) {
    throw new ApiError(
      403,
      'This form did not come from a page of this forge, or the page is too old. Go back, reload it and try again.',
    );
  }
}
