/**
 * Takes in signed deliveries, keeps what they say, and makes deployments, changes
 * and incidents of it.
 *
 * @packageDocumentation
 */

export { doraPlugin as default } from './plugin';
