/**
 * What a golden path would make, before anything is created.
 *
 * @packageDocumentation
 */

export { goldenPathsPlugin as default } from './plugin';
