import { z } from 'zod';
import { PortalClient } from '../portal/client';

const entitiesSchema = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ namespace: z.string(), name: z.string() }),
    }),
  ),
});

/**
 * Builds the docs that nobody has opened yet, one after the other, so that
 * search finds their text and the first reader does not wait.
 */
export async function warmDocs(client: PortalClient) {
  const answer = await client.get(
    '/api/catalog/entities/by-query?limit=500&filter=metadata.annotations.backstage.io/techdocs-ref&fields=kind,metadata.namespace,metadata.name',
  );
  const entities = entitiesSchema.safeParse(answer).data?.items ?? [];
  for (const { kind, metadata } of entities) {
    const path = [metadata.namespace, kind, metadata.name]
      .map(encodeURIComponent)
      .join('/')
      .toLowerCase();
    const isBuilt = await client.get(`/api/techdocs/metadata/techdocs/${path}`);
    if (!isBuilt) await client.get(`/api/techdocs/sync/${path}`);
  }
}
