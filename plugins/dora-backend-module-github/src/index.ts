/**
 * Deliveries of GitHub for the dora backend.
 *
 * @packageDocumentation
 */

export { doraModuleGithub as default } from './module';
export { GithubSource } from './GithubSource';
export { GithubHistory } from './history/GithubHistory';
