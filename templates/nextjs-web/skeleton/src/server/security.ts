/**
 * Allows the scripts and styles of this service and nothing else.
 *
 * @param nonce - a new random value for every page
 */
export function contentSecurityPolicy(
  nonce: string,
  development = process.env.NODE_ENV === 'development',
): string {
  return Object.entries({
    'default-src': "'none'",
    // In development React evaluates code, and styles are written into the page.
    'script-src': `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    'style-src': development ? "'self' 'unsafe-inline'" : "'self'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'manifest-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}
