/**
 * What the golden paths' pages and their backend agree on.
 *
 * @packageDocumentation
 */

export { previewRequestSchema, previewSchema } from './preview';
export type { AnswerProblem, Preview, PreviewFile } from './preview';
export {
  formatScaffoldRecord,
  parseScaffoldRecord,
  recordedCommit,
  SCAFFOLD_RECORD_PATH,
  scaffoldRecordSchema,
} from './scaffoldRecord';
export type { ScaffoldEnvironment, ScaffoldRecord } from './scaffoldRecord';
export { compareVersions, versionSchema } from './version';
