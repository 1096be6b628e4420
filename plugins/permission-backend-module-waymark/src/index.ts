/**
 * Waymark's permission policy, and the check that refuses an unsafe
 * production start.
 *
 * @packageDocumentation
 */

export { permissionFeatures as default } from './features';
export { decide, type Decision } from './policy/decide';
export { findProductionProblems } from './production/problems';
