import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { PortalClient } from './client';

/** At the first start the catalog reads every repository once. */
const PATIENCE_MS = 60_000;
/** How long a catalog that does not grow may still be waiting for discovery. */
const QUIET_MS = 15_000;
const LOOK_AGAIN_MS = 500;

const querySchema = z.object({ totalItems: z.number() });

/**
 * Waits until the page has something to show: the sample people may enter, and
 * the sample company's components are there. Never fails: a catalog of one's
 * own may hold none of this, and is not waited for once it stops growing.
 *
 * @param expected - names of the components that the forge's repositories hold
 */
export async function waitForCatalog(
  client: Pick<PortalClient, 'get'>,
  expected: string[],
  note: (text: string) => void,
) {
  const count = async (filter: string) => {
    const answer = await client.get(
      `/api/catalog/entities/by-query?limit=0&filter=${encodeURIComponent(
        filter,
      )}`,
    );
    return querySchema.safeParse(answer).data?.totalItems;
  };
  const names = expected.map(name => `metadata.name=${name}`);
  const sample = ['kind=component', ...names].join(',');

  const deadline = Date.now() + PATIENCE_MS;
  let before = 0;
  let grown = Date.now();
  while (Date.now() < deadline) {
    const all = await count('kind=component');
    if (all !== undefined) note(`(${all} components)`);
    if (all && (await count(sample)) === expected.length) return;
    if (!all || all > before) {
      before = all ?? 0;
      grown = Date.now();
    }
    if (Date.now() - grown >= QUIET_MS) return;
    await delay(LOOK_AGAIN_MS);
  }
}
