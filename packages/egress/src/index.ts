/**
 * Keeps the backend from being led where nobody configured it to go: to this
 * machine, to link-local addresses and to the metadata services of clouds.
 *
 * @packageDocumentation
 */

export { egressGuardServiceFactory as default } from './service';
