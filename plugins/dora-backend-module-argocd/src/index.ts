/**
 * Deliveries of Argo CD for the dora backend.
 *
 * @packageDocumentation
 */

export { doraModuleArgocd as default } from './module';
