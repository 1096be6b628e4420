/**
 * Repositories of components on Git hosts: where they are, and pull requests in them.
 *
 * @packageDocumentation
 */

export { followPullRequests } from './followPullRequests';
export { GithubClient, GithubClients } from './GithubClient';
export type { GitRemote } from './GithubClient';
export { findOpen, openPullRequest, stateOf } from './openPullRequest';
export type { PullRequest, PullRequestState, Wanted } from './openPullRequest';
export { keyOf, locate } from './Repository';
export type { Repository } from './Repository';
export { requireOwner } from './requireOwner';
