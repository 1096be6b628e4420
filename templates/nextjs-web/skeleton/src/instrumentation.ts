import type { Instrumentation } from 'next';

/** Next.js calls this once, before it answers the first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startService } = await import('./server/lifecycle');
  await startService();
}

/** Logs what went wrong inside; the caller sees only the digest. */
export const onRequestError: Instrumentation.onRequestError = async (
  err,
  { method },
  { routePath, routeType },
) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { shared } = await import('./server/shared');
  const { current, logger } = shared();
  const { digest = '' } = err as { digest?: string };
  const record = current.getStore();
  // An error of a page is reported by each of its two renderings.
  if (digest && record?.digest === digest) return;
  if (record) record.digest = digest;
  logger.error(
    { err, method, route: routePath, during: routeType },
    'request failed',
  );
};
