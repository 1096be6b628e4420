/**
 * Reads facts, asks the rules about them and judges: what the compliance
 * backend and `./waymark compliance check` share.
 *
 * @packageDocumentation
 */

export { loadBundle, type Bundle } from './bundle/loadBundle';
export * from './collectors';
export * from './engine';
export * from './facts';
export * from './judge';
