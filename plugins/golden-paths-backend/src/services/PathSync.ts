import { AuthService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { readEntities } from '@waymark/backstage-plugin-insights-node';
import { Progress } from '../database/Progress';
import {
  DESCRIBED_FIELDS,
  describeService,
  describeTemplate,
} from './describe';
import { Look, PathStore } from './PathStore';

const NAME = 'first-look';

/** Takes over what the catalog says of components and templates. */
export class PathSync {
  constructor(
    private readonly services: {
      auth: AuthService;
      catalog: CatalogService;
      progress: Progress;
      store: PathStore;
    },
    /**
     * What the catalog learns so long after the first look, in milliseconds, was
     * there before: it takes that long to read everything.
     */
    private readonly settlingMs: number,
  ) {}

  /** @throws where the catalog does not answer; then nothing is changed */
  async components(signal: AbortSignal): Promise<void> {
    const all = await this.read('component', describeService, signal);
    const services = new Map(all.map(one => [one.entityRef, one]));
    const look = await this.look();
    await this.services.store.replaceServices([...services.values()], look);
  }

  /** @throws as {@link PathSync.components} does */
  async templates(signal: AbortSignal): Promise<void> {
    const all = await this.read('template', describeTemplate, signal);
    const templates = new Map(all.map(one => [one.templateRef, one]));
    const look = await this.look();
    await this.services.store.replaceTemplates([...templates.values()], look);
  }

  /** Takes over a component that was just made: the next round is a while away. */
  async one(entityRef: string): Promise<void> {
    const { auth, catalog, store } = this.services;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (entity?.kind.toLowerCase() !== 'component') return;
    await store.put(describeService(entity), await this.look());
  }

  private async read<T>(
    kind: string,
    describe: (entity: Entity) => T,
    signal: AbortSignal,
  ): Promise<T[]> {
    const { auth, catalog } = this.services;
    const credentials = await auth.getOwnServiceCredentials();
    const about = { kinds: [kind], fields: DESCRIBED_FIELDS };
    const all: T[] = [];
    for await (const items of readEntities(
      catalog,
      credentials,
      about,
      signal,
    )) {
      all.push(...items.map(describe));
    }
    return all;
  }

  private async look(): Promise<Look> {
    const now = new Date();
    const first = await this.services.progress.first(NAME, now);
    return { now, isOlder: now.getTime() - first.getTime() <= this.settlingMs };
  }
}
