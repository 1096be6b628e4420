/**
 * What the golden paths' pages and their backend agree on.
 *
 * @packageDocumentation
 */

export * from './adoption';
export * from './adoptions';
export * from './annotations';
export * from './api';
export * from './insights';
export { readCommit, readRepository, sayCommit, sayRepository } from './marks';
export * from './permissions';
export { previewRequestSchema, previewSchema } from './preview';
export type { AnswerProblem, Preview, PreviewFile } from './preview';
export * from './reach';
export * from './rollouts';
export {
  formatScaffoldRecord,
  parseScaffoldRecord,
  recordedCommit,
  SCAFFOLD_RECORD_PATH,
  scaffoldRecordSchema,
} from './scaffoldRecord';
export type { ScaffoldEnvironment, ScaffoldRecord } from './scaffoldRecord';
export * from './snoozes';
export * from './upgrades';
export { compareVersions, versionSchema } from './version';
