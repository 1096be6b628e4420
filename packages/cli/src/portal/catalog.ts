import { z } from 'zod';
import { PortalClient } from './PortalClient';

const PAGE = 500;

const entitySchema = z
  .object({
    kind: z.string(),
    metadata: z
      .object({
        name: z.string(),
        namespace: z.string().default('default'),
        title: z.string().optional(),
        description: z.string().optional(),
        annotations: z.record(z.string()).default({}),
        tags: z.array(z.string()).default([]),
      })
      .passthrough(),
    spec: z.record(z.unknown()).default({}),
  })
  .passthrough();

const pageSchema = z.object({
  items: z.array(entitySchema),
  pageInfo: z.object({ nextCursor: z.string().optional() }).default({}),
});

/** Something of the catalog. */
export type CatalogEntity = z.infer<typeof entitySchema>;

/** What the catalog has to be asked for: any of these, each with all it says. */
export type CatalogFilter = readonly Record<
  string,
  string | readonly string[]
>[];

/** In short form, such as `component:default/basket`. */
export const refOf = ({ kind, metadata }: CatalogEntity) =>
  `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase();

/** What people call it. */
export function titleOf({ metadata, spec }: CatalogEntity): string {
  const { displayName } = z
    .object({ displayName: z.string().optional() })
    .catch({})
    .parse(spec.profile);
  return displayName ?? metadata.title ?? metadata.name;
}

/** All that fits, by name. */
export async function findEntities(
  client: PortalClient,
  filter: CatalogFilter,
): Promise<CatalogEntity[]> {
  const found: CatalogEntity[] = [];
  const first = new URLSearchParams({
    limit: String(PAGE),
    orderField: 'metadata.name,asc',
  });
  for (const one of filter) {
    const terms = Object.entries(one).flatMap(([key, values]) =>
      [values].flat().map(value => (value ? `${key}=${value}` : key)),
    );
    if (terms.length > 0) first.append('filter', terms.join(','));
  }
  for (let query = first; ; ) {
    const { items, pageInfo } = await client.get(
      `/api/catalog/entities/by-query?${query}`,
      pageSchema,
    );
    found.push(...items);
    if (!pageInfo.nextCursor) return found;
    query = new URLSearchParams({
      limit: String(PAGE),
      cursor: pageInfo.nextCursor,
    });
  }
}

/** @returns undefined where there is none that one may see */
export function findEntity(
  client: PortalClient,
  ref: string,
): Promise<CatalogEntity | undefined> {
  const [, kind, namespace, name] = /^([^:]+):([^/]+)\/(.+)$/.exec(ref) ?? [];
  const path = [kind, namespace, name].map(encodeURIComponent).join('/');
  return client.find(`/api/catalog/entities/by-name/${path}`, entitySchema);
}

/** The page of an entity in the portal. */
export function pageOf(portal: string, ref: string): string {
  const [, kind, namespace, name] = /^([^:]+):([^/]+)\/(.+)$/.exec(ref) ?? [];
  return `${portal}/catalog/${[namespace, kind, name]
    .map(encodeURIComponent)
    .join('/')}`;
}
