import { AuthService } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ComponentStore } from './ComponentStore';
import { describe, DESCRIBED_FIELDS } from './describe';

const PAGE = 500;

/**
 * Takes over which components there are. What the catalog cannot say right now
 * is left as it is.
 *
 * @throws where the catalog does not answer
 */
export async function syncComponents(
  services: {
    auth: AuthService;
    catalog: CatalogService;
    integrations: ScmIntegrations;
    components: ComponentStore;
  },
  signal?: AbortSignal,
): Promise<void> {
  const { auth, catalog, integrations, components } = services;
  const credentials = await auth.getOwnServiceCredentials();
  const entityRefs: string[] = [];
  let cursor: string | undefined;
  do {
    signal?.throwIfAborted();
    const { items, pageInfo } = await catalog.queryEntities(
      {
        limit: PAGE,
        ...(cursor
          ? { cursor, fields: DESCRIBED_FIELDS }
          : { filter: { kind: 'component' }, fields: DESCRIBED_FIELDS }),
      },
      { credentials },
    );
    const page = items.map(entity => describe(entity, integrations));
    await components.save(page);
    entityRefs.push(...page.map(({ entityRef }) => entityRef));
    cursor = pageInfo.nextCursor;
  } while (cursor);
  await components.retain(entityRefs);
}
