import { z } from 'zod';
import { ancestry, compare, pushed } from './commits';
import { forEach, PartPage, recent, Repository } from './Repository';
import { Activity, activityAnswer, commitAnswer, CommitAnswer } from './shapes';

const NONE = '0'.repeat(40);
const MOST_COMMITS = 20_000;
const CHUNK = 200;
const commitsAnswer = z.array(commitAnswer);

/**
 * How the default branch was moved. A host that keeps no list of that is asked for
 * the branch's commits: each of its own then counts as a push.
 */
export async function* pushes(
  repository: Repository,
  from?: string,
): AsyncGenerator<PartPage> {
  const { rest, sent, since } = repository;
  const ref = encodeURIComponent(`refs/heads/${sent.default_branch}`);
  let next: string | undefined = from ?? `/activity?ref=${ref}&per_page=50`;
  while (next) {
    if (next.startsWith('commits')) {
      yield* reconstructed(repository, next.slice('commits '.length));
      return;
    }
    const page: { data: Activity[]; next?: string } | undefined =
      await rest.get(activityAnswer, next);
    if (!page?.data.length && !from) {
      yield* reconstructed(repository);
      return;
    }
    const { items, ...rests } = recent(
      page ?? { data: [] },
      since,
      ({ timestamp }) => timestamp,
    );
    const told = await forEach(items, one => moved(repository, one));
    yield { deliveries: told.flat(), ...rests };
    next = rests.next;
  }
}

async function moved(repository: Repository, activity: Activity) {
  const { id, before, after, timestamp, activity_type: type } = activity;
  if (after === NONE) return [];
  const isNew = before === NONE;
  const compared = isNew ? undefined : await compare(repository, before, after);
  const commits =
    compared?.commits ?? (await history(repository, after, isNew ? 2_000 : 1));
  const forced = type === 'force_push';
  const push = await pushed(repository, `pushes/${id}`, {
    before,
    after,
    forced,
    at: timestamp,
    commits,
  });
  const base = forced && compared?.mergeBase;
  return base
    ? [push, ancestry(repository, commits[0]?.sha ?? after, base)]
    : [push];
}

/** What a branch has since the history begins, oldest first. */
async function history(
  { rest, since }: Repository,
  of: string,
  most: number,
): Promise<CommitAnswer[]> {
  const commits = await rest.all(
    commitsAnswer,
    `/commits?sha=${encodeURIComponent(
      of,
    )}&since=${since.toISOString()}&per_page=100`,
    most,
  );
  return commits.slice(0, most).reverse();
}

/** Newest first, so that what is missed in between is fetched again. */
async function* reconstructed(
  repository: Repository,
  after?: string,
): AsyncGenerator<PartPage> {
  const { default_branch: branch } = repository.sent;
  const moves = movesOf(await history(repository, branch, MOST_COMMITS));
  moves.reverse();
  const done = moves.findIndex(move => move.at(-1)!.sha === after) + 1;
  for (let i = done; i < moves.length; i += CHUNK) {
    const chunk = moves.slice(i, i + CHUNK);
    const last = chunk[chunk.length - 1].at(-1)!;
    yield {
      deliveries: await forEach(chunk, commits => {
        const own = commits[commits.length - 1];
        return pushed(repository, `commits/${own.sha}`, {
          before: beginningOf(commits).parents[0]?.sha ?? NONE,
          after: own.sha,
          forced: false,
          at: own.commit.committer.date,
          commits,
        });
      }),
      reached: new Date(last.commit.committer.date),
      ...(i + CHUNK < moves.length && { next: `commits ${last.sha}` }),
    };
  }
}

/**
 * What the branch got at once: its own commits one by one, each with what it merged;
 * a rebase has several of the same moment. The branch's own come last.
 */
function movesOf(oldestFirst: readonly CommitAnswer[]): CommitAnswer[][] {
  const known = new Map(oldestFirst.map(one => [one.sha, one]));
  const own: CommitAnswer[] = [];
  for (
    let at = oldestFirst.at(-1);
    at;
    at = known.get(at.parents[0]?.sha ?? '')
  ) {
    own.unshift(at);
    if (own.length > oldestFirst.length) break;
  }
  const seen = new Set(own.map(({ sha }) => sha));
  const moves: CommitAnswer[][] = [];
  let before: CommitAnswer | undefined;
  for (const one of own) {
    const merged = new Set<string>();
    const open = one.parents.slice(1).map(({ sha }) => sha);
    for (let sha = open.pop(); sha; sha = open.pop()) {
      const found = known.get(sha);
      if (!found || seen.has(sha)) continue;
      seen.add(sha);
      merged.add(sha);
      open.push(...found.parents.map(parent => parent.sha));
    }
    const brought = oldestFirst.filter(({ sha }) => merged.has(sha));
    if (before && isSameMoment(before, one)) moves.at(-1)!.push(one);
    else moves.push([...brought, one]);
    before = one;
  }
  return moves;
}

function isSameMoment(one: CommitAnswer, other: CommitAnswer): boolean {
  return (
    one.parents.length < 2 &&
    other.parents.length < 2 &&
    one.commit.committer.date === other.commit.committer.date
  );
}

/** The first of the branch's own: all of a rebase are, of a merge only the last. */
function beginningOf(commits: readonly CommitAnswer[]): CommitAnswer {
  const last = commits[commits.length - 1];
  return last.parents.length > 1 ? last : commits[0];
}
