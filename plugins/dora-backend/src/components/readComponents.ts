import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const PAGE = 500;

/** All components that the caller may see, page by page. */
export function readComponents(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  fields: string[],
  signal?: AbortSignal,
): AsyncGenerator<Entity[]> {
  return readEntities('component', catalog, credentials, fields, signal);
}

/** All entities of a kind that the caller may see, page by page. */
export async function* readEntities(
  kind: string,
  catalog: CatalogService,
  credentials: BackstageCredentials,
  fields: string[],
  signal?: AbortSignal,
): AsyncGenerator<Entity[]> {
  let cursor: string | undefined;
  do {
    signal?.throwIfAborted();
    const { items, pageInfo } = await catalog.queryEntities(
      cursor
        ? { cursor, fields, limit: PAGE }
        : { filter: { kind }, fields, limit: PAGE },
      { credentials },
    );
    yield items;
    cursor = pageInfo.nextCursor;
  } while (cursor);
}
