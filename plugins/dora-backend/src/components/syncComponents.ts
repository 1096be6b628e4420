import { AuthService } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Component, ComponentStore } from './ComponentStore';
import { describeComponent, DESCRIBED_FIELDS } from './describeComponent';

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
  signal: AbortSignal,
): Promise<void> {
  const { auth, catalog, integrations, components } = services;
  const credentials = await auth.getOwnServiceCredentials();
  const found = new Map<string, Component>();
  const fields = DESCRIBED_FIELDS;
  let cursor: string | undefined;
  do {
    signal.throwIfAborted();
    const { items, pageInfo } = await catalog.queryEntities(
      cursor
        ? { cursor, fields, limit: PAGE }
        : { filter: { kind: 'component' }, fields, limit: PAGE },
      { credentials },
    );
    for (const item of items) {
      const component = describeComponent(item, integrations);
      found.set(component.entityRef, component);
    }
    cursor = pageInfo.nextCursor;
  } while (cursor);
  await components.replace([...found.values()]);
}
