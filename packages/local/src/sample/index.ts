export type { SampleCompany } from './company';
export { loadSampleCompany } from './load';
export { renderRepositories } from './render/repositories';
export type { RenderOptions } from './render/repositories';
export type { SampleCommit, SampleRepository } from './types';
