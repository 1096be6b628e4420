/**
 * How far components keep the company's rules: of one, and of all together.
 *
 * @packageDocumentation
 */

export { complianceApiRef } from './api/ComplianceApi';
export type { ComplianceApi } from './api/ComplianceApi';
export { compliancePlugin as default } from './plugin';
