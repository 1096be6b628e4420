/**
 * CDEvents for the dora backend.
 *
 * @packageDocumentation
 */

export { doraModuleCDEvents as default } from './module';
