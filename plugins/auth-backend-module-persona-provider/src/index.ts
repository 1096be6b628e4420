/**
 * Laptop sign-in: enter the portal as one of the named catalog users.
 *
 * @packageDocumentation
 */

export { authModulePersonaProvider as default } from './module';
