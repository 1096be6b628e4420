import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const PAGE = 500;

/** All entities of some kinds that the caller may see, page by page. */
export async function* readEntities(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  { kinds, fields }: { kinds: string[]; fields: string[] },
  signal?: AbortSignal,
): AsyncGenerator<Entity[]> {
  let cursor: string | undefined;
  do {
    signal?.throwIfAborted();
    const { items, pageInfo } = await catalog.queryEntities(
      cursor
        ? { cursor, fields, limit: PAGE }
        : { filter: { kind: kinds }, fields, limit: PAGE },
      { credentials },
    );
    yield items;
    cursor = pageInfo.nextCursor;
  } while (cursor);
}
