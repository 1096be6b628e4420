/**
 * Sign-in: as one of the personas on a laptop, with GitHub or an OIDC provider
 * in production.
 *
 * @packageDocumentation
 */

export { appModuleSignIn as default } from './module';
