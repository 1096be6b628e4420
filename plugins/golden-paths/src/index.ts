/**
 * How far golden paths are taken: pages of the company, and a card of a service.
 *
 * @packageDocumentation
 */

export { goldenPathsPlugin as default } from './plugin';
