export { FactsError, type Again } from './FactsError';
export { folderSource, memorySource, type FileSource } from './FileSource';
export { isReadable } from './readable';
export { readRepositoryFacts } from './readRepositoryFacts';
export { readSloFacts, type SloContext } from './readSloFacts';
export { renderReleases, type RenderOptions } from './renderReleases';
