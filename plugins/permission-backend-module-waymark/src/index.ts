/**
 * Waymark's permission policy, the check that refuses an unsafe production
 * start, and guards on what repositories bring into the portal.
 *
 * @packageDocumentation
 */

export { permissionFeatures as default } from './features';
export { decide, type Decision } from './policy/decide';
export { findProductionProblems } from './production/problems';
