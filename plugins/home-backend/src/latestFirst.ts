import { Commit } from '@waymark/backstage-plugin-home-common';

/**
 * The latest commits of several repositories in one list. Components that
 * share a repository share its commits: each is listed once.
 */
export function latestFirst(commits: Commit[], limit: number): Commit[] {
  const byUrl = new Map(commits.map(commit => [commit.url, commit]));
  return [...byUrl.values()]
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, limit);
}
