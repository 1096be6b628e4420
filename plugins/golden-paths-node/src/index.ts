/**
 * Golden paths as the scaffolder's dry run takes them, the upgrade of what was made
 * from them, and the adoption of what looks like it.
 *
 * @packageDocumentation
 */

export * from './adopt';
export { dryRunContents } from './contents';
export type { ContentLimits, DryRunFile } from './contents';
export { executablePaths } from './executablePaths';
export { readWhole } from './parts';
export type { Refuse, SourceFile, SourcePlace, Whole } from './parts';
export { dryRunTemplate, usesLayers } from './template';
export type { WithSteps } from './template';
export * from './upgrade';
