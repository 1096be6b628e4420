/**
 * Golden paths as the scaffolder's dry run takes them, and the upgrade of what
 * was made from them.
 *
 * @packageDocumentation
 */

export { dryRunContents } from './contents';
export type { ContentLimits, DryRunFile } from './contents';
export { executablePaths } from './executablePaths';
export { readWhole } from './parts';
export type { Refuse, SourceFile, SourcePlace, Whole } from './parts';
export { dryRunTemplate, usesLayers } from './template';
export type { WithSteps } from './template';
export * from './upgrade';
