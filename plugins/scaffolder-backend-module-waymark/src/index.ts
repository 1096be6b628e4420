/**
 * Template globals from configuration, and the scaffolder actions golden paths
 * need.
 *
 * @packageDocumentation
 */

export { scaffolderFeatures as default } from './features';
export { createCatalogRegisterAction } from './actions/catalogRegister';
export { createRepositoryCreateAction } from './actions/repositoryCreate';
export { createRepositoryPushAction } from './actions/repositoryPush';
export { createTemplateOriginAction } from './actions/templateOrigin';
export { readTemplateGlobals, type TemplateGlobals } from './globals';
