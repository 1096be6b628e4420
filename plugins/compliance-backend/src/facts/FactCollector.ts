import { AuthService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { locate } from '../components/describe';
import { Collection, known, unchanged, unknown } from './Collected';
import { DeliveryCollector } from './collectors/deliveryFacts';
import { readCatalogFacts } from './collectors/catalogFacts';
import {
  collectRepository,
  OF_REPOSITORY,
  RepositoryServices,
} from './collectors/repositoryFacts';
import { Fact } from './FactStore';

/** Learns what there is to know about a component. */
export class FactCollector {
  constructor(
    private readonly services: RepositoryServices & {
      auth: AuthService;
      catalog: CatalogService;
      integrations: ScmIntegrations;
      delivery: DeliveryCollector;
    },
  ) {}

  /**
   * All parts of the facts; what cannot be learned says why. Without an answer
   * of the catalog nothing else is asked, and stays as it was.
   *
   * @returns undefined where the component is in the catalog no longer
   */
  async collect(
    entityRef: string,
    before: Collection['before'],
    signal: AbortSignal,
  ): Promise<Fact[] | undefined> {
    let found: { entity: Entity; fact: Fact } | undefined;
    try {
      found = await this.readCatalog(entityRef);
    } catch {
      return [unknown('catalog', 'The catalog did not answer.')];
    }
    if (!found) return undefined;
    const { entity, fact } = found;
    const was = before.get('catalog');
    const isSame =
      was && 'hash' in was && was.hash === (fact as typeof was).hash;
    const collection = { entity, before, signal };
    return [
      isSame ? unchanged(was) : fact,
      ...(await this.readSource(fact, collection)),
    ];
  }

  private async readCatalog(entityRef: string) {
    const { auth, catalog } = this.services;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (!entity) return undefined;
    const data = await readCatalogFacts(catalog, credentials, entity);
    return { entity, fact: known('catalog', data, { source: entityRef }) };
  }

  private async readSource(
    catalog: Fact,
    collection: Collection,
  ): Promise<Fact[]> {
    const { delivery, integrations } = this.services;
    const parts = [...OF_REPOSITORY, 'delivery'] as const;
    const place = locate(collection.entity, integrations);
    if (!place) return parts.map(part => known(part, null));
    if ('problem' in place) {
      return parts.map(part => unknown(part, place.problem));
    }
    const [files, guards] = await Promise.all([
      collectRepository(this.services, place, catalog, collection),
      delivery.collect(place, collection),
    ]);
    return [...files, guards];
  }
}
