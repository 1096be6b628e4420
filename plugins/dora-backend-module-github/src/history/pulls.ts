import { FetchedDelivery } from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { pullRequestPayload } from '../payloads';
import { delivery, forEach, PartPage, recent, Repository } from './Repository';
import { commitAnswer, pullsAnswer, reviewsAnswer } from './shapes';

type Pull = z.infer<typeof pullsAnswer>[number];

/** Pull requests that are open or were merged, with who first reviewed them. */
export async function* pulls(
  repository: Repository,
  from?: string,
): AsyncGenerator<PartPage> {
  const { rest, since } = repository;
  let next: string | undefined =
    from ?? '/pulls?state=all&sort=updated&direction=desc&per_page=50';
  while (next) {
    const page: { data: Pull[]; next?: string } | undefined = await rest.get(
      pullsAnswer,
      next,
    );
    const { items, ...rests } = recent(
      page ?? { data: [] },
      since,
      ({ updated_at: at }) => at,
    );
    const counted = items.filter(one => one.merged_at || one.state === 'open');
    const told = await forEach(counted, one => toldOf(repository, one));
    yield { deliveries: told.flat(), ...rests };
    next = rests.next;
  }
}

async function toldOf(
  repository: Repository,
  pull: Pull,
): Promise<FetchedDelivery[]> {
  const { number } = pull;
  const reviews = await repository.rest.all(
    reviewsAnswer,
    `/pulls/${number}/reviews?per_page=100`,
  );
  const [first] = reviews
    .filter(one => one.submitted_at && one.user?.login !== pull.user?.login)
    .sort((a, b) => (a.submitted_at! < b.submitted_at! ? -1 : 1));
  const state = delivery(
    repository,
    `pulls/${number}@${pull.updated_at}`,
    first ? 'pull_request_review' : 'pull_request',
    {
      action: first ? 'submitted' : 'edited',
      pull_request: pull,
      ...(first && { review: first }),
    },
    pullRequestPayload,
  );
  return pull.merged_at
    ? [state, await commitsOf(repository, number, pull.head.sha)]
    : [state];
}

/** The commits of a pull request, as it was merged. */
export async function commitsOf(
  repository: Repository,
  number: number,
  head: string,
): Promise<FetchedDelivery> {
  const commits = await repository.rest.all(
    z.array(commitAnswer),
    `/pulls/${number}/commits?per_page=100`,
  );
  return delivery(
    repository,
    `pulls/${number}/commits@${head}`,
    'history.pull_request_commits',
    {
      number,
      commits: commits.map(({ sha, commit }) => ({
        sha,
        at: commit.committer.date,
      })),
    },
  );
}
