/**
 * Collects facts about components, judges them by the rules of `policies/` and
 * keeps scores, their history and exemptions.
 *
 * @packageDocumentation
 */

export { compliancePlugin as default } from './plugin';
