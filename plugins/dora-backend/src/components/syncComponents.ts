import { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { readEntities } from '@waymark/backstage-plugin-insights-node';
import { Component, ComponentStore } from './ComponentStore';
import { Said, saidBy } from '../rules/rules';
import { describeComponent, DESCRIBED_FIELDS } from './describeComponent';

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
  const read = (kind: string) =>
    readEntities(
      catalog,
      credentials,
      { kinds: [kind], fields: DESCRIBED_FIELDS },
      signal,
    );
  const teams = new Map<string, Said>();
  for await (const items of read('group')) {
    for (const item of items) {
      teams.set(stringifyEntityRef(item), saidBy(item.metadata.annotations));
    }
  }
  const found = new Map<string, Component>();
  for await (const items of read('component')) {
    for (const item of items) {
      const component = describeComponent(item, integrations, teams);
      found.set(component.entityRef, component);
    }
  }
  await components.replace([...found.values()]);
}
