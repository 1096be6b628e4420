import { createBackendModule } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  CatalogProcessor,
  catalogProcessingExtensionPoint,
} from '@backstage/plugin-catalog-node';

/** Enough for the largest API definitions, in bytes of JSON. */
const LIMIT = 3 * 1024 * 1024;

/** Refuses an entity so large that lists which hold it would be slow. */
export class SizeLimit implements CatalogProcessor {
  getProcessorName() {
    return 'WaymarkSizeLimit';
  }

  /** @throws InputError above 3 MiB, with the size it has */
  async postProcessEntity(entity: Entity): Promise<Entity> {
    const size = Buffer.byteLength(JSON.stringify(entity));
    if (size > LIMIT) {
      const inMiB = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
      throw new InputError(
        `${stringifyEntityRef(entity)} has ${inMiB(
          size,
        )} MiB; an entity may have ${inMiB(LIMIT)} MiB`,
      );
    }
    return entity;
  }
}

/** Adds {@link SizeLimit} to the catalog. */
export const sizeGuard = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'waymark-size-limit',
  register(reg) {
    reg.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        processing.addProcessor(new SizeLimit());
      },
    });
  },
});
