import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { PortalClient } from './client';

/** At the first start the catalog reads every repository once. */
const PATIENCE_MS = 60_000;

const querySchema = z.object({ totalItems: z.number() });

/**
 * Waits until the page has something to show: the sample people may enter, and
 * the number of components no longer grows. Never fails: a catalog of one's
 * own may hold none of this.
 */
export async function waitForCatalog(
  client: PortalClient,
  note: (text: string) => void,
) {
  const deadline = Date.now() + PATIENCE_MS;
  let before = -1;
  while (Date.now() < deadline) {
    const answer = await client.get(
      '/api/catalog/entities/by-query?limit=0&filter=kind=component',
    );
    const count = querySchema.safeParse(answer).data?.totalItems;
    if (count !== undefined) note(`(${count} components)`);
    if (count !== undefined && count > 0 && count === before) return;
    before = count ?? -1;
    await delay(count === undefined ? 200 : 750);
  }
}
