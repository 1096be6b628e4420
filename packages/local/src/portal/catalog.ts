import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const PERSONA = 'user:default/maya.okafor';
/** At the first start the catalog reads every repository once. */
const PATIENCE_MS = 60_000;

const sessionSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});
const querySchema = z.object({ totalItems: z.number() });

/**
 * Waits until the page has something to show: the sample people may enter, and
 * the number of components no longer grows. Never fails: a catalog of one's
 * own may hold none of this.
 */
export async function waitForCatalog(
  portalUrl: string,
  note: (text: string) => void,
) {
  const deadline = Date.now() + PATIENCE_MS;
  let before = -1;
  while (Date.now() < deadline) {
    const count = await countComponents(portalUrl);
    if (count !== undefined) note(`(${count} components)`);
    if (count !== undefined && count > 0 && count === before) return;
    before = count ?? -1;
    await delay(count === undefined ? 200 : 750);
  }
}

async function countComponents(portalUrl: string): Promise<number | undefined> {
  const session = await getJson(`${portalUrl}/api/auth/persona/refresh`, {
    'x-waymark-persona': PERSONA,
  });
  const parsed = sessionSchema.safeParse(session);
  if (!parsed.success) return undefined;
  const answer = await getJson(
    `${portalUrl}/api/catalog/entities/by-query?limit=0&filter=kind=component`,
    { authorization: `Bearer ${parsed.data.backstageIdentity.token}` },
  );
  return querySchema.safeParse(answer).data?.totalItems;
}

async function getJson(url: string, headers: Record<string, string>) {
  try {
    const response = await fetch(url, { headers });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
