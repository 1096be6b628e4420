/**
 * Serves the app's scripts and styles as they were compressed when it was
 * built: smaller than what can be compressed while somebody waits.
 *
 * @packageDocumentation
 */

export { compressedAssets } from './compressedAssets';
export { rootHttpRouterWithCompressedAssets as default } from './service';
