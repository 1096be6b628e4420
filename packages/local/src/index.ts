/**
 * Laptop mode: embedded PostgreSQL, the forge, sample data. Never loaded in
 * production.
 *
 * @packageDocumentation
 */

export {
  PostgresCluster,
  type PostgresOptions,
} from './postgres/PostgresCluster';
export { freePort } from './test/freePort';
export {
  createDatabase,
  withTemporaryPostgres,
} from './test/temporaryPostgres';
