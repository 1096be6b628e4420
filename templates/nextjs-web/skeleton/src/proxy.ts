import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from './server/security';

/**
 * Gives every page a Content-Security-Policy with a nonce of its own. Next.js
 * reads the nonce from the request and puts it on the scripts it writes.
 */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(
    crypto.getRandomValues(new Uint8Array(16)),
  ).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  // Everything but files and what answers no browser.
  matcher: '/((?!_next/static/|healthz$|readyz$|vitals$).*)',
};
