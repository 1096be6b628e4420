/**
 * What a build of the app runs, without what serves it.
 *
 * @packageDocumentation
 */

export { compressAssets } from './compressAssets';
