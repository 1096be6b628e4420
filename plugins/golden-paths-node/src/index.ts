/**
 * Golden paths as the scaffolder's dry run takes them.
 *
 * @packageDocumentation
 */

export { dryRunContents } from './contents';
export type { ContentLimits, DryRunFile } from './contents';
export { dryRunTemplate, usesLayers } from './template';
export type { WithSteps } from './template';
