import { Entity } from '@backstage/catalog-model';
import { CatalogApi } from '@backstage/plugin-catalog-react';

const LIFECYCLE = 'waymark.dev/lifecycle';

/** Templates to start from; a deprecated one is no longer offered. */
export async function loadGoldenPaths(
  catalogApi: CatalogApi,
): Promise<Entity[]> {
  const { items } = await catalogApi.getEntities({
    filter: { kind: 'Template' },
    fields: [
      'kind',
      'metadata.name',
      'metadata.namespace',
      'metadata.title',
      'metadata.description',
      'metadata.annotations',
    ],
    order: { field: 'metadata.name', order: 'asc' },
  });
  return items.filter(
    template => template.metadata.annotations?.[LIFECYCLE] !== 'deprecated',
  );
}
