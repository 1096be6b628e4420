/**
 * What an on-call engineer needs first, at the head of every entity page.
 *
 * @packageDocumentation
 */

export { onCallPlugin as default } from './plugin';
