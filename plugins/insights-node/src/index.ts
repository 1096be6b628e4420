/**
 * What the backends of Waymark's plugins share.
 *
 * @packageDocumentation
 */
export * from './migratedDatabase';
export * from './openApi';
export * from './parse';
export * from './readEntities';
export * from './routes';
export * from './storable';
export * from './Visibility';
