import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_OWNED_BY,
  RELATION_PROVIDES_API,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CatalogFacts } from '@waymark/backstage-plugin-compliance-common';

/** Changes with each read of the catalog and says nothing of a component. */
const VOLATILE = new Set(['etag', 'uid', 'generation']);

/**
 * The entity, who owns it, and the APIs it provides.
 *
 * @throws where the catalog does not answer
 */
export async function readCatalogFacts(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  entity: Entity,
): Promise<CatalogFacts> {
  const refs = (type: string) =>
    (entity.relations ?? [])
      .filter(relation => relation.type === type)
      .map(({ targetRef }) => targetRef)
      .sort();
  const [ownerRef] = refs(RELATION_OWNED_BY);
  const apiRefs = refs(RELATION_PROVIDES_API);
  const wanted = [...(ownerRef ? [ownerRef] : []), ...apiRefs];
  const { items } =
    wanted.length > 0
      ? await catalog.getEntitiesByRefs({ entityRefs: wanted }, { credentials })
      : { items: [] };
  const found = items.map(item => (item ? stable(item) : undefined));
  const [owner, apis] = ownerRef
    ? [found[0] ?? null, found.slice(1)]
    : [null, found];
  return {
    entity: stable(entity),
    owner,
    apis: apis.filter(api => api !== undefined),
  };
}

function stable(entity: Entity): Entity {
  const metadata = Object.fromEntries(
    Object.entries(entity.metadata).filter(([key]) => !VOLATILE.has(key)),
  );
  return { ...entity, metadata: metadata as Entity['metadata'] };
}
