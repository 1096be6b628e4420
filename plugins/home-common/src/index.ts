/**
 * What the home page and its backend agree on.
 *
 * @packageDocumentation
 */

export { commitsSchema } from './commits';
export type { Commit, Commits } from './commits';
