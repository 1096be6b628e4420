import { z } from 'zod';
import { VITAL_NAMES } from '@/server/metrics';
import { problem } from '@/server/problem';
import { shared } from '@/server/shared';

/** More than this no browser of ours ever sends. */
const MAX_BYTES = 512;
const MAX_CLS = 100;
const MAX_MILLISECONDS = 600_000;

const report = z.strictObject({
  name: z.enum(VITAL_NAMES),
  /** Milliseconds; a score without a unit for CLS. */
  value: z.number().min(0).max(MAX_MILLISECONDS),
  path: z.string().startsWith('/').max(256),
});

/** Takes what `WebVitals` measured in a browser. */
export async function POST(request: Request) {
  const site = request.headers.get('sec-fetch-site');
  if (site && site !== 'same-origin') {
    return problem(request, 403, 'Only pages of this service may report');
  }
  const length = request.headers.get('content-length');
  if (!length || Number(length) > MAX_BYTES) {
    return problem(
      request,
      413,
      'The report is too long, or of unknown length',
    );
  }
  const result = report.safeParse(await request.json().catch(() => null));
  if (!result.success) {
    return problem(request, 400, 'The report is not valid');
  }
  const { name, value, path } = result.data;
  const { metrics, matchRoute } = shared();
  const seconds = name === 'CLS' ? Math.min(value, MAX_CLS) : value / 1000;
  metrics.observeVital(name, matchRoute(path), seconds);
  return new Response(null, { status: 204 });
}
