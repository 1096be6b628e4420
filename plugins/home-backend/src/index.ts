/**
 * What the home page asks: the latest commits of one's own services.
 *
 * @packageDocumentation
 */

export { homePlugin as default } from './plugin';
