import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { getOctokitOptions } from '@backstage/plugin-scaffolder-backend-module-github';
import { parseRepoUrl } from '@backstage/plugin-scaffolder-node';
import { Octokit } from 'octokit';

/** What the GitHub actions are made with. */
export interface GithubAccess {
  integrations: ScmIntegrationRegistry;
  githubCredentialsProvider: GithubCredentialsProvider;
}

/** Access as the stock GitHub actions have it. */
export function githubAccess(
  integrations: ScmIntegrationRegistry,
): GithubAccess {
  return {
    integrations,
    githubCredentialsProvider:
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
  };
}

/** A repository on a GitHub host, and a client which may see it. */
export interface Repository {
  owner: string;
  repo: string;
  client: Octokit;
}

/**
 * Opens the repository that `repoUrl` names.
 *
 * @throws InputError where it names no owner, or a host without integration
 */
export async function openRepository(
  { integrations, githubCredentialsProvider }: GithubAccess,
  logger: LoggerService,
  input: { repoUrl: string; token?: string },
): Promise<Repository> {
  const { host, owner, repo } = parseRepoUrl(input.repoUrl, integrations);
  if (!owner) throw new InputError(`No owner in repoUrl ${input.repoUrl}`);
  const options = await getOctokitOptions({
    integrations,
    credentialsProvider: githubCredentialsProvider,
    token: input.token,
    host,
    owner,
    repo,
  });
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (text: string) => logger.warn(text),
    // "404" is the answer to "is it there?", not an error of the task.
    error: (text: string) => logger.debug(text),
  };
  return { owner, repo, client: new Octokit({ ...options, log }) };
}

/** The answer of a request, or nothing where GitHub says that it is not there. */
export async function unlessMissing<T>(
  request: Promise<{ data: T }>,
): Promise<T | undefined> {
  try {
    return (await request).data;
  } catch (error) {
    const status = (error as { status?: number }).status;
    // 409: the repository is there and has no commit yet.
    if (status === 404 || status === 409) return undefined;
    throw error;
  }
}
