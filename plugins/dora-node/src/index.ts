/**
 * What the sources of the dora plugin share: observations, and how a source hands
 * them over.
 *
 * @packageDocumentation
 */

export * from './DeliverySource';
export * from './extensionPoint';
export * from './observations';
export * from './reading';
export * from './repositories';
export * from './signatures';
export * from './SourceHistory';
export * from './sourcesModule';
export * from './tokenSource';
