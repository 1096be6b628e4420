import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_SOURCE_LOCATION,
  getEntitySourceLocation,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** A component and where its source is. */
export interface OwnComponent {
  entityRef: string;
  /** Its title, or its name. */
  title: string;
  /** A folder or file in its repository, such as `https://…/tree/main/`. */
  sourceUrl: string;
}

/** More than this many repositories are not read for one page. */
const MOST = 50;

/** The components that one of the owners owns and whose source is known. */
export async function ownComponents(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  owners: string[],
): Promise<OwnComponent[]> {
  if (owners.length === 0) return [];
  const { items } = await catalog.queryEntities(
    {
      filter: { kind: 'component', 'relations.ownedBy': owners },
      fields: ['apiVersion', 'kind', 'metadata'],
      limit: MOST,
    },
    { credentials },
  );
  return items
    .filter(entity => entity.metadata.annotations?.[ANNOTATION_SOURCE_LOCATION])
    .map(entity => ({
      entityRef: stringifyEntityRef(entity),
      title: entity.metadata.title ?? entity.metadata.name,
      location: getEntitySourceLocation(entity),
    }))
    .filter(({ location }) => location.type === 'url')
    .map(({ location, ...component }) => ({
      ...component,
      sourceUrl: location.target,
    }));
}
