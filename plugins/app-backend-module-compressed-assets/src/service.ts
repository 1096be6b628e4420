import { join } from 'node:path';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { compressedAssets } from './compressedAssets';

/** The backend's HTTP router, with the compressed assets in front of it. */
export const rootHttpRouterWithCompressedAssets = rootHttpRouterServiceFactory({
  configure: ({ app, applyDefaults }) => {
    const assets = compressedAssets(
      join(resolvePackagePath('app', 'dist'), 'static'),
    );
    app.disable('x-powered-by');
    if (assets) app.use('/static', assets);
    applyDefaults();
  },
});
