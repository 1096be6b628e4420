import { Entity } from '@backstage/catalog-model';
import { CatalogApi } from '@backstage/plugin-catalog-react';

/** How many services the home page lists before it points to the catalog. */
export const SERVICES_SHOWN = 8;

/** The components of a person and their groups, the first of them by name. */
export type MyServices = { services: Entity[]; total: number };

/** Asks the catalog for {@link MyServices}. */
export async function loadMyServices(
  catalogApi: CatalogApi,
  ownershipRefs: string[],
): Promise<MyServices> {
  const { items, totalItems } = await catalogApi.queryEntities({
    filter: { kind: 'Component', 'relations.ownedBy': ownershipRefs },
    fields: [
      'kind',
      'metadata.name',
      'metadata.namespace',
      'metadata.title',
      'metadata.description',
      'metadata.annotations',
      'metadata.links',
      'spec.type',
      'spec.lifecycle',
    ],
    orderFields: { field: 'metadata.name', order: 'asc' },
    limit: SERVICES_SHOWN,
  });
  return { services: items, total: totalItems };
}
