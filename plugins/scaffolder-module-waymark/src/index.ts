/**
 * Form fields of the golden paths.
 *
 * @packageDocumentation
 */

export { scaffolderModuleWaymark as default } from './module';
