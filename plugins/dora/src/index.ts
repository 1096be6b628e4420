/**
 * The five delivery metrics, of the company and of a component, down to the
 * deployments, changes and incidents behind them.
 *
 * @packageDocumentation
 */

export { doraApiRef } from './api/DoraApi';
export type { DoraApi } from './api/DoraApi';
export { doraPlugin as default } from './plugin';
