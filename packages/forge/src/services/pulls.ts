import { Account } from '../accounts';
import { Context, now } from '../context';
import { ApiError, invalid } from '../errors';
import { stats } from '../shapes/commit';
import { PullDetails, pullShape } from '../shapes/pull';
import { PullRecord, RepositoryRecord } from '../store/records';
import { contents, mergeables, PullContent } from './comparison';
import { blockersOf } from './mergeability';
import { isPull, newIssue, saveIssue } from './issues';

/** What a pull request is made from. */
export interface NewPull {
  repository: RepositoryRecord;
  actor: Account;
  title: string;
  body: string | null;
  base: string;
  head: string;
  headRepository: RepositoryRecord;
  draft: boolean;
}

/** The pull request's own ref: keeps its commits, as on GitHub. */
function pullRef(number: number): string {
  return `refs/pull/${number}/head`;
}

/** Takes the head's commits over into the repository of the base. */
export async function takeHead(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
): Promise<void> {
  const git = context.git(repository);
  const { headRepository, headSha } = issue.pull;
  if (headRepository !== null && headRepository !== repository.id) {
    await git.run([
      'fetch',
      '--quiet',
      '--no-tags',
      '--upload-pack=git -c safe.directory=* upload-pack',
      context.store.gitDir(headRepository),
      `+refs/heads/${issue.pull.head}:${pullRef(issue.number)}`,
    ]);
  } else {
    await git.run(['update-ref', pullRef(issue.number), headSha]);
  }
}

/**
 * Where the base stands for this pull request: the branch as it is while the
 * pull request is open, the commit it was merged onto or closed at afterwards.
 */
export async function baseShaOf(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
): Promise<string> {
  const tip =
    issue.state === 'open'
      ? await context.git(repository).ref(`refs/heads/${issue.pull.base}`)
      : undefined;
  return tip ?? issue.pull.baseSha;
}

/** Commits, oldest first, and files of a pull request. */
export async function contentOf(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
): Promise<PullContent> {
  const base = await baseShaOf(context, repository, issue);
  return contents.of(context.git(repository), base, issue.pull.headSha);
}

/** Counts and whether it can be merged. */
export async function detailsOf(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  viewer: Account | undefined,
): Promise<PullDetails> {
  const git = context.git(repository);
  const base = await baseShaOf(context, repository, issue);
  const { headSha } = issue.pull;
  const { commits, files } = await contents.of(git, base, headSha);
  const { additions, deletions } = stats(files);
  let mergeable: boolean | null = null;
  let mergeableState = 'unknown';
  if (issue.state === 'open') {
    mergeable = await mergeables.of(git, base, headSha);
    const blocked = await blockersOf(context, repository, issue, viewer);
    mergeableState = 'clean';
    if (!mergeable) {
      mergeableState = 'dirty';
    } else if (issue.pull.draft) {
      mergeableState = 'draft';
    } else if (blocked.length > 0) {
      mergeableState = 'blocked';
    }
  }
  return {
    commits: commits.length,
    additions,
    deletions,
    changedFiles: files.length,
    mergeable,
    mergeableState,
  };
}

/** Tells the hooks about a pull request. */
export async function emitPull(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  sender: Account,
  action: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  const current = context.current(repository) ?? repository;
  const details = await detailsOf(context, current, issue, sender);
  await context.webhooks.emit({
    event: 'pull_request',
    action,
    repository: current,
    sender,
    payload: {
      action,
      number: issue.number,
      pull_request: pullShape(context, current, issue, details),
      ...more,
    },
  });
}

/**
 * Opens a pull request.
 *
 * @throws ApiError 422 when a branch is missing, nothing would change or there
 * is one already
 */
export async function openPull(
  context: Context,
  wanted: NewPull,
): Promise<PullRecord> {
  const { repository, actor, base, head, headRepository } = wanted;
  const git = context.git(repository);
  const baseSha = await git.ref(`refs/heads/${base}`);
  if (!baseSha) {
    throw invalid('PullRequest', 'base');
  }
  const headSha = await context.git(headRepository).ref(`refs/heads/${head}`);
  if (!headSha) {
    throw invalid('PullRequest', 'head');
  }
  const { issues } = context.store.of(repository);
  const same = issues
    .list()
    .filter(isPull)
    .find(
      one =>
        one.state === 'open' &&
        one.pull.base === base &&
        one.pull.head === head &&
        one.pull.headRepository === headRepository.id,
    );
  if (same) {
    throw new ApiError(422, 'Validation Failed', [
      {
        resource: 'PullRequest',
        code: 'custom',
        message: `A pull request already exists for ${headRepository.owner}:${head}.`,
      },
    ]);
  }
  if (headRepository.id === repository.id) {
    if ((await git.count(headSha, baseSha)) === 0) {
      throw new ApiError(422, 'Validation Failed', [
        {
          resource: 'PullRequest',
          code: 'custom',
          message: `No commits between ${base} and ${head}`,
        },
      ]);
    }
  }
  const issue: PullRecord = {
    ...newIssue(context, repository, actor, wanted.title, wanted.body),
    pull: {
      draft: wanted.draft,
      base,
      baseSha,
      head,
      headSha,
      headRepository: headRepository.id,
      requestedReviewers: [],
      requestedTeams: [],
      reviews: [],
      mergedAt: null,
      mergedBy: null,
      mergeSha: null,
    },
  };
  // Stored at once: the number is taken from here on.
  await issues.put(issue);
  await takeHead(context, repository, issue);
  await emitPull(context, repository, issue, actor, 'opened');
  return issue;
}

/** Closes a pull request without merging it. */
export async function closePull(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  actor: Account,
): Promise<PullRecord> {
  const baseSha = await baseShaOf(context, repository, issue);
  const closed = await saveIssue(context, repository, {
    ...issue,
    state: 'closed' as const,
    closedAt: now(),
    closedBy: actor.login,
    pull: { ...issue.pull, baseSha },
  });
  await emitPull(context, repository, closed, actor, 'closed');
  return closed;
}

/** Opens a closed pull request again. @throws ApiError 422 */
export async function reopenPull(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  actor: Account,
): Promise<PullRecord> {
  const { pull } = issue;
  const headSha =
    pull.headRepository !== null && context.current({ id: pull.headRepository })
      ? await context
          .git({ id: pull.headRepository })
          .ref(`refs/heads/${pull.head}`)
      : undefined;
  if (pull.mergedAt || !headSha) {
    throw new ApiError(422, 'Validation Failed', [
      {
        resource: 'PullRequest',
        field: 'state',
        code: 'invalid',
        message: pull.mergedAt
          ? 'state cannot be changed. The pull request was merged.'
          : `state cannot be changed. The ${pull.head} branch was deleted.`,
      },
    ]);
  }
  const reopened = await saveIssue(context, repository, {
    ...issue,
    state: 'open' as const,
    closedAt: null,
    closedBy: null,
    pull: { ...pull, headSha },
  });
  await takeHead(context, repository, reopened);
  await emitPull(context, repository, reopened, actor, 'reopened');
  return reopened;
}
