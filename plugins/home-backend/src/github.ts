import { CacheService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import gitUrlParse from 'git-url-parse';
import { z } from 'zod';
import { ReadCommits } from './readCommits';

/** GitHub's list of commits, as far as it is read here. */
const githubCommitsSchema = z.array(
  z.object({
    sha: z.string(),
    html_url: z.string(),
    commit: z.object({
      message: z.string(),
      author: z.object({ name: z.string() }).nullable(),
      committer: z.object({ date: z.string() }).nullable(),
    }),
  }),
);
type GithubCommits = z.infer<typeof githubCommitsSchema>;

const FRESH_FOR = { seconds: 60 };
const TIMEOUT_MS = 5_000;

/**
 * Reads commits from GitHub, GitHub Enterprise and the forge with the
 * integration's own credentials, and asks about each repository once a minute.
 */
export function githubCommits(
  integrations: ScmIntegrations,
  cache: CacheService,
): ReadCommits {
  const credentials =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);

  const fetchCommits = async (sourceUrl: string, limit: number) => {
    const { apiBaseUrl } = integrations.github.byUrl(sourceUrl)!.config;
    const { owner, name } = gitUrlParse(sourceUrl);
    const { headers } = await credentials.getCredentials({ url: sourceUrl });
    const response = await fetch(
      `${apiBaseUrl}/repos/${owner}/${name}/commits?per_page=${limit}`,
      { headers, signal: AbortSignal.timeout(TIMEOUT_MS) },
    );
    // A repository without a first commit is empty, not broken.
    if (response.status === 409) return [];
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return githubCommitsSchema.parse(await response.json());
  };

  return async ({ entityRef, title, sourceUrl }, limit) => {
    if (!integrations.github.byUrl(sourceUrl)) return [];
    const key = `commits:${limit}:${sourceUrl}`;
    let commits = await cache.get<GithubCommits>(key);
    if (!commits) {
      commits = await fetchCommits(sourceUrl, limit);
      await cache.set(key, commits, { ttl: FRESH_FOR });
    }
    return commits.map(({ sha, html_url, commit }) => ({
      entityRef,
      component: title,
      sha,
      title: commit.message.split('\n', 1)[0],
      author: commit.author?.name ?? 'unknown',
      at: commit.committer?.date ?? new Date(0).toISOString(),
      url: html_url,
    }));
  };
}
