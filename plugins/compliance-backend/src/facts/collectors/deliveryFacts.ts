import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { DeliveryFacts } from '@waymark/backstage-plugin-compliance-common';
import { FactsError } from '@waymark/backstage-plugin-compliance-node';
import { z } from 'zod';
import { Repository } from '@waymark/repositories';
import {
  againAfter,
  Collection,
  known,
  unchanged,
  unknown,
} from '../Collected';
import { Fact } from '../FactStore';
import { Answers } from './Answers';
import { GithubApi } from './GithubApi';

const repositorySchema = z.object({
  archived: z.boolean(),
  default_branch: z.string(),
});
const protectionSchema = z.object({
  required_status_checks: z.object({ contexts: z.array(z.string()) }).nullish(),
  required_pull_request_reviews: z
    .object({ required_approving_review_count: z.number().int().default(0) })
    .nullish(),
  allow_force_pushes: z.object({ enabled: z.boolean() }).nullish(),
});
/** Rules of rulesets, of which there are many types. */
const rulesSchema = z.array(
  z.object({
    type: z.string(),
    parameters: z
      .object({
        required_approving_review_count: z.number().int().optional(),
        required_status_checks: z
          .array(z.object({ context: z.string() }))
          .optional(),
      })
      .nullish(),
  }),
);
const environmentsSchema = z.object({
  environments: z.array(
    z.object({
      name: z.string(),
      protection_rules: z
        .array(
          z.object({
            type: z.string(),
            reviewers: z.array(z.unknown()).optional(),
          }),
        )
        .default([]),
    }),
  ),
});
const commitsSchema = z.array(
  z.object({
    commit: z.object({ committer: z.object({ date: z.string() }).nullable() }),
  }),
);
const refusalSchema = z.object({ message: z.string() }).catch({ message: '' });

type Protection = NonNullable<DeliveryFacts['protection']>;

/** Asks Git hosts how they guard what is merged and deployed. */
export class DeliveryCollector {
  private readonly credentials: GithubCredentialsProvider;
  /** Hosts that want to be left alone, and until when. */
  private readonly closed = new Map<string, number>();

  constructor(private readonly integrations: ScmIntegrations) {
    this.credentials =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  }

  /** Costs nothing of the host's limit where nothing changed since. */
  async collect(
    repository: Repository,
    { before, signal }: Collection,
  ): Promise<Fact> {
    const { url, owner, name } = repository;
    const integration = this.integrations.github.byUrl(url);
    if (!integration) {
      return unknown(
        'delivery',
        'The portal reads branch protection of GitHub and of hosts with its API.',
      );
    }
    const { apiBaseUrl = 'https://api.github.com' } = integration.config;
    const address = `${apiBaseUrl}/repos/${owner}/${name}`;
    try {
      this.refuseClosed(apiBaseUrl);
      const { headers } = await this.credentials.getCredentials({ url });
      const api = new GithubApi(address, headers ?? {}, signal);
      const was = before.get('delivery');
      const etag = was && 'data' in was ? was.etag : undefined;
      if (etag && (await api.isUnchanged(etag))) return unchanged(was!);
      const answers = await read(api);
      return known('delivery', toFacts(answers), {
        source: address,
        etag: answers.etag(),
      });
    } catch (error) {
      const again = againAfter(error);
      if (again?.afterSeconds) this.close(apiBaseUrl, again.afterSeconds);
      const origin = { source: address, again };
      return unknown('delivery', wordsOf(error as Error), origin);
    }
  }

  private close(host: string, seconds: number): void {
    const until = Date.now() + seconds * 1000;
    this.closed.set(host, Math.max(until, this.closed.get(host) ?? 0));
  }

  /** What a host says to one question holds for all. */
  private refuseClosed(host: string): void {
    const seconds = ((this.closed.get(host) ?? 0) - Date.now()) / 1000;
    if (seconds <= 0) return;
    throw new FactsError('The Git host wants to be asked later.', {
      afterSeconds: Math.ceil(seconds),
    });
  }
}

async function read(api: GithubApi): Promise<Answers> {
  const own = await api.getAll({ repository: '' });
  const { default_branch: branch } = repositorySchema.parse(
    own.ok('repository'),
  );
  const path = encodeURIComponent(branch);
  return own.and(
    await api.getAll({
      protection: `/branches/${path}/protection`,
      rules: `/rules/branches/${path}?per_page=100`,
      environments: '/environments?per_page=100',
      commits: `/commits?per_page=1&sha=${path}`,
    }),
  );
}

function toFacts(answers: Answers): DeliveryFacts {
  const { archived } = repositorySchema.parse(answers.ok('repository'));
  const environments = answers.found('environments');
  const [last] = answers.isEmpty('commits')
    ? []
    : commitsSchema.parse(answers.ok('commits'));
  const lastCommitAt = last?.commit.committer?.date;
  return {
    protection: protectionOf(answers),
    environments: environments
      ? environmentsSchema.parse(environments).environments.map(one => ({
          name: one.name,
          reviewers: one.protection_rules
            .filter(({ type }) => type === 'required_reviewers')
            .reduce((sum, { reviewers = [] }) => sum + reviewers.length, 0),
        }))
      : [],
    archived,
    ...(lastCommitAt && { lastCommitAt }),
  };
}

/** By branch protection, by rulesets, or by both: the stricter counts. */
function protectionOf(answers: Answers): DeliveryFacts['protection'] {
  const classic = classicProtection(answers);
  const rules = answers.found('rules');
  const ruled = rules ? protectionByRules(rulesSchema.parse(rules)) : null;
  if (classic === 'hidden') {
    if (ruled) return ruled;
    throw new FactsError(
      'The portal may not read branch protection: its token lacks the permission Administration (read).',
    );
  }
  if (!classic || !ruled) return classic ?? ruled;
  return {
    requiredChecks: [
      ...new Set([...classic.requiredChecks, ...ruled.requiredChecks]),
    ],
    requiredReviews: Math.max(classic.requiredReviews, ruled.requiredReviews),
    forcePushes: classic.forcePushes && ruled.forcePushes,
  };
}

function classicProtection(answers: Answers): Protection | null | 'hidden' {
  const { status, body } = answers.of('protection');
  if (status === 404) {
    // The same status hides it from whoever may not know.
    const { message } = refusalSchema.parse(body);
    return /not protected|branch not found/i.test(message) ? null : 'hidden';
  }
  if (status === 403) return 'hidden';
  const found = protectionSchema.parse(answers.ok('protection'));
  return {
    requiredChecks: found.required_status_checks?.contexts ?? [],
    requiredReviews:
      found.required_pull_request_reviews?.required_approving_review_count ?? 0,
    forcePushes: found.allow_force_pushes?.enabled ?? false,
  };
}

function protectionByRules(
  rules: z.infer<typeof rulesSchema>,
): Protection | null {
  if (rules.length === 0) return null;
  return {
    requiredChecks: rules.flatMap(({ parameters }) =>
      (parameters?.required_status_checks ?? []).map(({ context }) => context),
    ),
    requiredReviews: Math.max(
      0,
      ...rules.map(
        ({ parameters }) => parameters?.required_approving_review_count ?? 0,
      ),
    ),
    forcePushes: !rules.some(({ type }) => type === 'non_fast_forward'),
  };
}

function wordsOf(error: Error): string {
  if (error.name === 'FactsError') return error.message;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return 'The Git host took too long.';
  }
  return error.name === 'ZodError'
    ? 'The Git host did not answer as GitHub does.'
    : 'The Git host cannot be reached.';
}
