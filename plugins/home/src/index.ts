/**
 * The home page: my services, golden paths, what changed, where to get help.
 *
 * @packageDocumentation
 */

export { homePlugin as default } from './plugin';
