import {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Part } from '@waymark/backstage-plugin-compliance-common';
import {
  Collector,
  collectWithContract,
} from '@waymark/backstage-plugin-compliance-node';
import { locate } from '@waymark/repositories';
import { againAfter, Collection, known, unchanged, unknown } from './Collected';
import { readCatalogFacts } from './collectors/catalogFacts';
import { DeliveryCollector } from './collectors/deliveryFacts';
import {
  collectRepository,
  OF_REPOSITORY,
  RepositoryServices,
} from './collectors/repositoryFacts';
import { Fact } from './FactStore';
import { within } from '../within';

const CATALOG_MS = 20_000;

/** Learns what there is to know about a component. */
export class FactCollector {
  constructor(
    private readonly services: RepositoryServices & {
      auth: AuthService;
      catalog: CatalogService;
      integrations: ScmIntegrations;
      delivery: DeliveryCollector;
      logger: LoggerService;
    },
    /** Of modules, each in the place of the portal's own of the same part. */
    private readonly others: ReadonlyMap<Part, Collector>,
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
    const { auth, catalog } = this.services;
    const credentials = await auth.getOwnServiceCredentials();
    let read: { entity: Entity; fact: Fact } | undefined;
    try {
      read = await within(CATALOG_MS, signal, async () => {
        const found = await catalog.getEntityByRef(entityRef, { credentials });
        if (!found) return undefined;
        const data = await readCatalogFacts(catalog, credentials, found);
        const fact = known('catalog', data, { source: entityRef });
        return { entity: found, fact };
      });
    } catch (error) {
      this.services.logger.warn(`${entityRef} was not read`, error as Error);
      const again = againAfter(error);
      return [unknown('catalog', 'The catalog did not answer.', { again })];
    }
    if (!read) return undefined;
    const { entity, fact } = read;
    const collection = { entity, before, signal };
    const own = [
      keepSame(before.get('catalog'), fact),
      ...(await this.readSource(fact, collection)),
    ].filter(({ part }) => !this.others.has(part));
    const others = await Promise.all(
      [...this.others.values()].map(collector =>
        this.ask(collector, collection, credentials),
      ),
    );
    return [...own, ...others];
  }

  private async readSource(
    catalog: Fact,
    collection: Collection,
  ): Promise<Fact[]> {
    const { delivery, integrations } = this.services;
    const parts = [...OF_REPOSITORY, 'delivery'] as const;
    if (parts.every(part => this.others.has(part))) return [];
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

  private async ask(
    collector: Collector,
    { entity, before, signal }: Collection,
    credentials: BackstageCredentials,
  ): Promise<Fact> {
    const { part } = collector;
    const was = before.get(part);
    const etag = was && 'data' in was ? was.etag : undefined;
    const answer = await collectWithContract(
      collector,
      entity,
      { credentials, signal, ...(etag && { etag }) },
      this.services.logger,
    );
    if (answer.kind === 'unknown') return unknown(part, answer.reason, answer);
    if (answer.kind === 'not-modified') return unchanged(was!);
    const { data, kind: _, ...origin } = answer;
    return known(part, data, origin);
  }
}

function keepSame(was: Fact | undefined, now: Fact): Fact {
  const same = was && 'data' in was && 'data' in now && was.hash === now.hash;
  return same ? unchanged(was) : now;
}
