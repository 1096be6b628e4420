import { BackendFeature } from '@backstage/backend-plugin-api';
import { Deployment } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { Payload } from './github';
import {
  JONAS,
  Portal,
  service,
  settle,
  startPortal,
  storedFacts,
  testDatabases,
} from './portal';

export const TOKEN = 'a-token-of-sixteen';
export const bearer = (token = TOKEN) => ({ authorization: `Bearer ${token}` });

/** A portal that was told a story, and has made facts of it. */
export async function startTold({
  story,
  observed,
  ...options
}: Parameters<typeof startPortal>[0] & {
  story: readonly Payload[];
  observed?: readonly object[];
}): Promise<Portal> {
  const portal = await startPortal(options);
  await portal.run('components');
  for (const [i, payload] of story.entries()) {
    await portal.deliver(payload, `delivery-${i}`);
  }
  if (observed) await portal.observe(observed);
  await settle(options.knex, portal);
  return portal;
}

/** Portals with the services pricing and quotes, and a source that has a token. */
export function sourcePortals(options: {
  source: string;
  module: BackendFeature;
  /** What the source knows pricing by. */
  annotations: Record<string, string>;
}) {
  const { source, module, annotations } = options;
  const open = testDatabases();
  let knex: Knex;
  let portal: Portal;
  afterEach(() => portal.stop());

  /** @param settings - left out where the source is not set up */
  const start = async (settings?: object) => {
    knex = await open();
    const pricing = service('pricing');
    Object.assign(pricing.metadata.annotations!, annotations);
    portal = await startPortal({
      knex,
      entities: [pricing, service('quotes', 'quotes')],
      modules: [module],
      dora: {
        sources: {
          github: { secrets: ['a-secret-of-sixteen'] },
          ...(settings && { [source]: settings }),
        },
      },
    });
    await portal.run('components');
  };
  const tell = async (...bodies: unknown[]) => {
    for (const body of bodies) {
      const { status } = await portal.hook(source, body, bearer());
      expect(status).toBe(202);
    }
    await settle(knex, portal);
  };
  return {
    start,
    tell,
    /** Leaves the portal that was told the last of them; all make the same facts. */
    async tellEach(pushes: readonly Payload[], stories: unknown[][]) {
      const facts: string[] = [];
      for (const bodies of stories) {
        if (facts.length > 0) await portal.stop();
        await start({ tokens: [TOKEN] });
        for (const [i, payload] of pushes.entries()) {
          await portal.deliver(payload, `push-${i}`);
        }
        await tell(...bodies);
        facts.push(await storedFacts(knex));
      }
      expect(new Set(facts).size).toBe(1);
    },
    /** As the source would send it. */
    send: (body: unknown, headers: Record<string, string> = bearer()) =>
      portal.hook(source, body, headers),
    /** As a person who is signed in. */
    post: () => portal.post(`/webhooks/${source}`),
    list: async <T = Deployment>(what = 'deployments', name = 'pricing') =>
      (
        await portal.get(
          `/${what}?entityRef=component:default/${name}&from=2026-09-01&to=2026-11-01`,
        )
      ).body.items as T[],
    /** What became of the last delivery. */
    last: async () => {
      const { body } = await portal.get('/deliveries?limit=1', JONAS);
      return body.items[0] as { state: string; reason?: string; event: string };
    },
    kept: (table: 'inbox' | 'observations') => knex(table).select(),
  };
}
