import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  FetchedDelivery,
  HistoryPage,
  HistoryRequest,
  NotAnswered,
  Question,
  SourceHistory,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { IssueSettings } from '../issues';
import { ancestry, compare } from './commits';
import { deployments } from './deployments';
import { GithubRest, Hosts } from './GithubRest';
import { incidents } from './incidents';
import { commitsOf, pulls } from './pulls';
import { pushes } from './pushes';
import { releases } from './releases';
import { PartPage, Repository } from './Repository';
import { runs } from './runs';
import { repositoryAnswer } from './shapes';

const cursorSchema = z.object({
  part: z.number(),
  next: z.string().optional(),
});
const headAnswer = z.object({ head: z.object({ sha: z.string() }) });

type Part = (repository: Repository, from?: string) => AsyncGenerator<PartPage>;

/** What GitHub knows of the past, and of what its webhooks leave out. */
export class GithubHistory implements SourceHistory {
  private readonly credentials: GithubCredentialsProvider;
  private readonly hosts = new Hosts();
  private readonly parts: { words: string; pages: Part }[];

  constructor(
    private readonly integrations: ScmIntegrations,
    { labels }: IssueSettings,
  ) {
    this.credentials =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    // Pushes first: what is deployed is found in them.
    this.parts = [
      { words: 'pushes', pages: pushes },
      { words: 'pull requests', pages: pulls },
      { words: 'deployments', pages: deployments },
      { words: 'releases', pages: releases },
      { words: 'workflow runs', pages: runs },
      { words: 'incidents', pages: one => incidents(one, labels) },
    ];
  }

  knows(repository: string): boolean {
    return this.apiOf(repository) !== undefined;
  }

  async *pages(request: HistoryRequest): AsyncGenerator<HistoryPage> {
    const repository = await this.open(request);
    const begin = request.cursor
      ? cursorSchema.parse(JSON.parse(request.cursor))
      : { part: 0 };
    let { next } = begin;
    for (let part = begin.part; part < this.parts.length; part += 1) {
      const { words, pages } = this.parts[part];
      for await (const page of pages(repository, next)) {
        // The last of a part leads on to the next one.
        const cursor = page.next
          ? { part, next: page.next }
          : { part: part + 1 };
        yield {
          deliveries: page.deliveries,
          cursor: JSON.stringify(cursor),
          part: words,
          ...(page.reached && { reached: page.reached }),
        };
      }
      next = undefined;
    }
  }

  async ask(
    question: Question,
    signal: AbortSignal,
  ): Promise<FetchedDelivery[]> {
    const since = new Date();
    const asked = { repository: question.repository, since, signal };
    const repository = await this.open({ ...asked, paths: false });
    if (question.kind === 'ancestry') {
      const { sha, other } = question;
      const compared = await compare(repository, other, sha);
      if (!compared?.mergeBase) {
        throw new NotAnswered('The Git host has not both commits any more');
      }
      // It is on the other itself.
      if (compared.mergeBase === sha) return [];
      return [ancestry(repository, sha, compared.mergeBase)];
    }
    const { number } = question;
    const found = await repository.rest.get(headAnswer, `/pulls/${number}`);
    if (!found) throw new NotAnswered('The Git host has no such pull request');
    return [await commitsOf(repository, number, found.data.head.sha)];
  }

  /** @throws AskAgainLater, NotAnswered */
  private async open(
    request: Omit<HistoryRequest, 'cursor'>,
  ): Promise<Repository> {
    const { repository: id, since, paths, signal } = request;
    const api = this.apiOf(id);
    if (!api) throw new NotAnswered('The portal has no token for this host');
    const url = `https://${id}`;
    const rest = new GithubRest(
      this.hosts,
      api,
      `/repos/${id.split('/').slice(1).join('/')}`,
      async () =>
        (await this.credentials.getCredentials({ url })).headers ?? {},
      signal,
    );
    const found = await rest.get(repositoryAnswer, '');
    if (!found) {
      throw new NotAnswered(
        "The Git host does not show this repository to the portal: check that it exists, and that the portal's token may read it",
      );
    }
    const { default_branch, html_url } = found.data;
    // Renamed, it is still the one that the catalog means.
    const isSame = html_url.toLowerCase().endsWith(`//${id}`);
    const sent = { default_branch, html_url: isSame ? html_url : url };
    return { id, sent, rest, since, paths };
  }

  private apiOf(repository: string): string | undefined {
    const [host] = repository.split('/', 1);
    const config = this.integrations.github.byHost(host)?.config;
    const hasToken = config?.token || config?.apps?.length;
    return hasToken ? config.apiBaseUrl?.replace(/\/+$/, '') : undefined;
  }
}
