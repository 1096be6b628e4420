/**
 * Delivery facts, the five DORA metrics and their API: what the parts of the dora
 * plugin agree on. Pure: no part of it reads or writes anything.
 *
 * @packageDocumentation
 */

export * from './api';
export * from './benchmarks';
export * from './explain';
export * from './facts';
export * from './firsts';
export * from './metrics';
export * from './permissions';
