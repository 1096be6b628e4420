import { FetchedDelivery } from '@waymark/backstage-plugin-dora-node';
import { pushPayload } from '../payloads';
import { delivery, forEach, Repository } from './Repository';
import { commitAnswer, CommitAnswer, compareAnswer } from './shapes';

/** GitHub leaves commits out of a push beyond this number. */
const MOST_COMMITS = 2_048;
/** Files of a commit that GitHub tells at once. */
const MOST_FILES = 300;

/** What a branch got, in the order of history. */
export interface Compared {
  commits: CommitAnswer[];
  /** The newest commit that both have. */
  mergeBase?: string;
}

/** Undefined where one of them is gone. */
export async function compare(
  { rest }: Repository,
  from: string,
  to: string,
): Promise<Compared | undefined> {
  const range = [from, to].map(encodeURIComponent).join('...');
  const first = await rest.get(compareAnswer, `/compare/${range}?per_page=100`);
  if (!first) return undefined;
  const { commits, files, merge_base_commit: base } = first.data;
  let { next } = first;
  while (next && commits.length < MOST_COMMITS) {
    const page = await rest.get(compareAnswer, next);
    commits.push(...(page?.data.commits ?? []));
    next = page?.next;
  }
  // Of one commit, these are its files.
  const isOne = commits.length === 1 && (files?.length ?? 0) < MOST_FILES;
  return {
    commits: isOne ? [{ ...commits[0], files }] : commits,
    ...(base && { mergeBase: base.sha }),
  };
}

/** How a branch was moved, as its webhook tells it. */
export async function pushed(
  repository: Repository,
  what: string,
  move: {
    before: string;
    after: string;
    forced: boolean;
    at: string;
    commits: readonly CommitAnswer[];
  },
): Promise<FetchedDelivery> {
  const { sent } = repository;
  const { before, after, forced, at } = move;
  const commits = await forEach(move.commits, one => told(repository, one));
  return delivery(
    repository,
    what,
    'push',
    {
      ref: `refs/heads/${sent.default_branch}`,
      before,
      after,
      forced,
      commits,
      repository: { ...sent, pushed_at: at },
    },
    pushPayload,
  );
}

/** The newest commit that one has of another's history. */
export function ancestry(
  repository: Repository,
  sha: string,
  ancestor: string,
): FetchedDelivery {
  const what = `ancestry/${sha}..${ancestor}`;
  return delivery(repository, what, 'history.ancestry', { sha, ancestor });
}

async function told(repository: Repository, one: CommitAnswer) {
  const { sha, commit, author } = one;
  const files = repository.paths
    ? (await withFiles(repository, one)).files
    : undefined;
  return {
    id: sha,
    message: commit.message,
    timestamp: commit.committer.date,
    author: {
      name: commit.author?.name ?? '',
      ...(author?.login && { username: author.login }),
    },
    ...(files && {
      added: [],
      modified: files.map(({ filename }) => filename),
      removed: files.flatMap(file => file.previous_filename ?? []),
    }),
  };
}

async function withFiles(
  { rest }: Repository,
  one: CommitAnswer,
): Promise<CommitAnswer> {
  if (one.files) return one;
  const files: NonNullable<CommitAnswer['files']> = [];
  let next: string | undefined = `/commits/${one.sha}`;
  while (next) {
    const page: { data: CommitAnswer; next?: string } | undefined =
      await rest.get(commitAnswer, next);
    if (!page?.data.files) return one;
    files.push(...page.data.files);
    next = page.next;
  }
  return { ...one, files };
}
