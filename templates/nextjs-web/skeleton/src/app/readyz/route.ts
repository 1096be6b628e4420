import { shared } from '@/server/shared';

export const dynamic = 'force-dynamic';

/**
 * It wants traffic. The parcels API is not asked: while that is down, the pages
 * still say so.
 */
export function GET() {
  return shared().draining
    ? Response.json({ status: 'draining' }, { status: 503 })
    : Response.json({ status: 'ready' });
}
