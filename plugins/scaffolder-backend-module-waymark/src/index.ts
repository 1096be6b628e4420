/**
 * Template globals from configuration, and the scaffolder actions golden paths
 * need.
 *
 * @packageDocumentation
 */

export { scaffolderModuleWaymark as default } from './module';
export { createCatalogRegisterAction } from './actions/catalogRegister';
export { readTemplateGlobals, type TemplateGlobals } from './globals';
