import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Progress } from '../database/Progress';
import {
  DescribedService,
  DESCRIBED_FIELDS,
  DescribedTemplate,
  describeService,
  describeTemplate,
} from './describe';
import { PathStore } from './PathStore';
import { readEntities } from './readEntities';

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
    const { auth, catalog, progress, store } = this.services;
    const credentials = await auth.getOwnServiceCredentials();
    const services = new Map<string, DescribedService>();
    const templates = new Map<string, DescribedTemplate>();
    for await (const items of readEntities(
      catalog,
      credentials,
      DESCRIBED_FIELDS,
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
    const now = new Date();
    const first = await progress.first(NAME, now);
    await store.replace([...services.values()], [...templates.values()], {
      now,
      isOlder: now.getTime() - first.getTime() <= this.settlingMs,
    });
  }
}
