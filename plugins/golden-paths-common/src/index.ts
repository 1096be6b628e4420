/**
 * What the golden paths' pages and their backend agree on.
 *
 * @packageDocumentation
 */

export { previewRequestSchema, previewSchema } from './preview';
export type { AnswerProblem, Preview, PreviewFile } from './preview';
