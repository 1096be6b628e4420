import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { z } from 'zod';
import { Repository } from './Repository';

const TIMEOUT_MS = 15_000;
const MOST_BYTES = 32 * 1024 * 1024;

type Method = 'GET' | 'POST' | 'PATCH';

/** A repository's part of GitHub's REST API, to read and to write. */
export class GithubClient {
  constructor(
    private readonly api: string,
    private readonly repository: string,
    private readonly headers: Record<string, string>,
  ) {}

  /** Whose repository it is. */
  get owner(): string {
    return this.repository.split('/')[0];
  }

  /** Undefined where it is not there. */
  async find<T>(schema: z.ZodType<T>, path: string): Promise<T | undefined> {
    const { status, body } = await this.send('GET', path);
    // 409: a repository without a commit.
    if (status === 404 || status === 409) return undefined;
    return this.read(schema, status, body);
  }

  /** Undefined where the host refuses what is asked, such as what is there. */
  async write<T>(
    schema: z.ZodType<T>,
    method: 'POST' | 'PATCH',
    path: string,
    body: object,
  ): Promise<T | undefined> {
    const answer = await this.send(method, path, body);
    if (answer.status === 422) return undefined;
    return this.read(schema, answer.status, answer.body);
  }

  /** @throws ConflictError, ServiceUnavailableError in words for the caller */
  private read<T>(schema: z.ZodType<T>, status: number, body: unknown): T {
    if (status >= 200 && status < 300) {
      const parsed = schema.safeParse(body);
      if (parsed.success) return parsed.data;
      throw new ServiceUnavailableError(
        'The Git host answered in a way that the portal does not know.',
      );
    }
    if (status === 401 || status === 403 || status === 404) {
      throw new ConflictError(
        `The portal may not open pull requests in ${this.repository}.`,
      );
    }
    if (status === 409 || status === 422) {
      throw new ConflictError('The Git host refused the pull request.');
    }
    throw new ServiceUnavailableError(`The Git host answered ${status}.`);
  }

  private async send(
    method: Method,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: unknown }> {
    // Of the repository, unless it is of another.
    const address = path.startsWith('/repos/')
      ? `${this.api}${path}`
      : `${this.api}/repos/${this.repository}${path}`;
    let response: Response;
    let text: string;
    try {
      response = await fetch(address, {
        method,
        headers: {
          accept: 'application/vnd.github+json',
          ...this.headers,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      text = await response.text();
    } catch {
      throw new ServiceUnavailableError('The Git host did not answer in time.');
    }
    const limited =
      response.headers.get('x-ratelimit-remaining') === '0' ||
      response.headers.has('retry-after');
    if (response.status === 429 || (response.status === 403 && limited)) {
      throw new ServiceUnavailableError(
        'The Git host has had too many questions from the portal this hour.',
      );
    }
    if (text.length > MOST_BYTES) {
      throw new ConflictError('The repository is too large to be changed.');
    }
    return { status: response.status, body: parseJson(text) };
  }
}

/** Opens repositories of hosts with GitHub's REST API. */
export class GithubClients {
  private readonly credentials: GithubCredentialsProvider;

  constructor(private readonly integrations: ScmIntegrations) {
    this.credentials =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  }

  /** @throws ConflictError for other hosts */
  async open({ url, owner, name }: Repository): Promise<GithubClient> {
    const integration = this.integrations.github.byUrl(url);
    if (!integration) {
      throw new ConflictError(
        'Pull requests are offered on GitHub and on hosts with its API.',
      );
    }
    const { apiBaseUrl = 'https://api.github.com' } = integration.config;
    const { headers } = await this.credentials.getCredentials({ url });
    return new GithubClient(apiBaseUrl, `${owner}/${name}`, headers ?? {});
  }

  /** The same repository for git, with the same rights. */
  async remote({ url, owner, name }: Repository): Promise<GitRemote> {
    const { token } = await this.credentials.getCredentials({ url });
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
    return {
      url: `${new URL(url).origin}/${owner}/${name}.git`,
      ...(token && { authorization: `Basic ${basic}` }),
    };
  }
}

/** How git reaches a repository. */
export interface GitRemote {
  url: string;
  authorization?: string;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
