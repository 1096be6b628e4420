import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { permissionModuleWaymark } from './policy/module';
import { productionGuard } from './production/guard';
import { docsGuard } from './repositories/docsGuard';
import { sizeGuard } from './repositories/sizeGuard';

/** Everything this package adds to a backend. */
export const permissionFeatures = createBackendFeatureLoader({
  loader: () => [
    productionGuard,
    permissionModuleWaymark,
    docsGuard,
    sizeGuard,
  ],
});
