import { z } from 'zod';
import { pushPayload, releasePayload } from '../payloads';
import { delivery, forEach, PartPage, recent, Repository } from './Repository';
import { commitAnswer, releasesAnswer } from './shapes';

type Release = z.infer<typeof releasesAnswer>[number];

/** Published releases, each with the commit that its tag stands at. */
export async function* releases(
  repository: Repository,
  from?: string,
): AsyncGenerator<PartPage> {
  const { rest, since } = repository;
  let next: string | undefined = from ?? '/releases?per_page=100';
  while (next) {
    const page: { data: Release[]; next?: string } | undefined = await rest.get(
      releasesAnswer,
      next,
    );
    const { items, ...rests } = recent(
      page ?? { data: [] },
      since,
      ({ created_at: at }) => at,
    );
    const published = items.filter(one => one.published_at && !one.draft);
    const told = await forEach(published, one => toldOf(repository, one));
    yield { deliveries: told.flat(), ...rests };
    next = rests.next;
  }
}

async function toldOf(repository: Repository, one: Release) {
  const { rest, sent } = repository;
  const tag = one.tag_name;
  const found = await rest.get(
    commitAnswer,
    `/commits/tags/${encodeURIComponent(tag)}`,
  );
  const release = delivery(
    repository,
    `releases/${one.id}`,
    'release',
    { action: 'published', release: one },
    releasePayload,
  );
  if (!found) return [release];
  const { sha } = found.data;
  const push = delivery(
    repository,
    `tags/${tag}@${sha}`,
    'push',
    {
      ref: `refs/tags/${tag}`,
      before: '0'.repeat(40),
      after: sha,
      forced: false,
      repository: { ...sent, pushed_at: one.published_at },
    },
    pushPayload,
  );
  return [push, release];
}
