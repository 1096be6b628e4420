/**
 * Diagrams in TechDocs, drawn in the browser without a CDN.
 *
 * @packageDocumentation
 */

export { techdocsModuleWaymark as default } from './module';
