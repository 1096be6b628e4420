import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { readEntities } from '@waymark/backstage-plugin-insights-node';
import { Progress } from '../database/Progress';
import {
  DescribedService,
  DESCRIBED_FIELDS,
  DescribedTemplate,
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
  async pass(signal: AbortSignal): Promise<void> {
    const { auth, catalog, store } = this.services;
    const credentials = await auth.getOwnServiceCredentials();
    const services = new Map<string, DescribedService>();
    const templates = new Map<string, DescribedTemplate>();
    for await (const items of readEntities(
      catalog,
      credentials,
      { kinds: ['component', 'template'], fields: DESCRIBED_FIELDS },
      signal,
    )) {
      for (const item of items) {
        if (item.kind.toLowerCase() === 'template') {
          const template = describeTemplate(item);
          templates.set(template.templateRef, template);
        } else {
          const service = describeService(item);
          services.set(service.entityRef, service);
        }
      }
    }
    const look = await this.look();
    await store.replace([...services.values()], [...templates.values()], look);
  }

  /** Takes over a component that was just made: the next round is a while away. */
  async one(entityRef: string): Promise<void> {
    const { auth, catalog, store } = this.services;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (entity?.kind.toLowerCase() !== 'component') return;
    await store.put(describeService(entity), await this.look());
  }

  private async look(): Promise<Look> {
    const now = new Date();
    const first = await this.services.progress.first(NAME, now);
    return { now, isOlder: now.getTime() - first.getTime() <= this.settlingMs };
  }
}
