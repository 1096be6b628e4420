import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import workspaceDatabase from '@backstage/plugin-scaffolder-backend-module-workspace-database';
import { scaffolderModuleWaymark } from './module';

/** Everything this package adds to a backend. */
export const scaffolderFeatures = createBackendFeatureLoader({
  // A task outlives its process only if its files do: they are kept with it.
  loader: () => [workspaceDatabase, scaffolderModuleWaymark],
});
