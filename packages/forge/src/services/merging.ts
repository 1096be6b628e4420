import { Account } from '../accounts';
import { Context } from '../context';
import { ApiError } from '../errors';
import { Commit, headline } from '../git/commit';
import { mergeCommit, rebaseCommits, squashCommit } from '../git/merge';
import { ZERO_SHA } from '../git/repository';
import { PullRecord, RepositoryRecord } from '../store/records';
import { signatureOf } from './initial';
import { findPull, saveIssue } from './issues';
import { blockersOf } from './mergeability';
import { contentOf } from './pulls';
import { inTurn, moveRef } from './refs';

/** The three ways to merge. */
export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** What to merge and how. */
export interface MergeRequest {
  repository: RepositoryRecord;
  number: number;
  actor: Account;
  method: MergeMethod;
  /** The head the caller looked at. */
  sha?: string;
  title?: string;
  message?: string;
}

const SETTING = {
  merge: 'allow_merge_commit',
  squash: 'allow_squash_merge',
  rebase: 'allow_rebase_merge',
} as const;
const WORDS = {
  merge: 'Merge commits',
  squash: 'Squash merges',
  rebase: 'Rebase merges',
};

/**
 * Merges a pull request.
 *
 * @returns the commit the base stands at
 * @throws ApiError 405 when it cannot or must not be merged, 409 when the head
 * is not the one the caller saw
 */
export async function mergePull(
  context: Context,
  request: MergeRequest,
): Promise<string> {
  const { number, actor } = request;
  const { id } = request.repository;
  const sha = await inTurn(context, request.repository, async () => {
    const repository = context.current({ id }) ?? request.repository;
    const issue = findPull(context, repository, number);
    await check(context, repository, issue, request);
    const git = context.git(repository);
    const ref = `refs/heads/${issue.pull.base}`;
    const before = await git.ref(ref);
    const after =
      before && (await makeCommit(context, repository, issue, before, request));
    if (!before || !after) {
      throw new ApiError(405, 'Pull Request has merge conflicts');
    }
    // Noted first: whoever sees this commit in the base knows whose it is.
    await saveIssue(context, repository, {
      ...issue,
      pull: {
        ...issue.pull,
        baseSha: before,
        mergeSha: after,
        mergedBy: actor.login,
      },
    });
    await moveRef(context, {
      repository,
      actor,
      ref,
      before,
      after,
      trusted: true,
    });
    return after;
  });
  await removeHead(context, request);
  return sha;
}

async function check(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  { actor, method, sha }: MergeRequest,
): Promise<void> {
  const { pull } = issue;
  if (issue.state !== 'open' || pull.draft) {
    throw new ApiError(405, 'Pull Request is not mergeable');
  }
  if (sha !== undefined && sha !== pull.headSha) {
    throw new ApiError(
      409,
      'Head branch was modified. Review and try the merge again.',
    );
  }
  const linear =
    context.store.of(repository).protections.get(pull.base)
      ?.requiredLinearHistory ?? false;
  if (!repository.settings[SETTING[method]] || (linear && method === 'merge')) {
    throw new ApiError(
      405,
      `${WORDS[method]} are not allowed on this repository.`,
    );
  }
  const [blocker] = await blockersOf(context, repository, issue, actor);
  if (blocker) {
    throw new ApiError(405, blocker);
  }
}

async function makeCommit(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  before: string,
  { actor, method, title, message }: MergeRequest,
): Promise<string | undefined> {
  const git = context.git(repository);
  const who = signatureOf(actor);
  const { pull, number } = issue;
  const { commits } = await contentOf(context, repository, issue);
  const compose = (first: string, rest: string) =>
    [title || first, message ?? rest].filter(Boolean).join('\n\n');
  if (method === 'rebase') {
    return rebaseCommits(git, before, commits, who);
  }
  if (method === 'squash') {
    const text = squashText(repository, issue, commits);
    return squashCommit(
      git,
      before,
      pull.headSha,
      commits[0]?.author ?? who,
      who,
      compose(text.title, text.message),
    );
  }
  return mergeCommit(
    git,
    before,
    pull.headSha,
    who,
    compose(
      `Merge pull request #${number} from ${repository.owner}/${pull.head}`,
      issue.title,
    ),
  );
}

function squashText(
  { settings }: RepositoryRecord,
  issue: PullRecord,
  commits: readonly Commit[],
): { title: string; message: string } {
  const only = commits.length === 1 ? commits[0] : undefined;
  const first =
    only && settings.squash_merge_commit_title === 'COMMIT_OR_PR_TITLE'
      ? headline(only.message)
      : issue.title;
  const bodies = {
    BLANK: '',
    PR_BODY: issue.body ?? '',
    COMMIT_MESSAGES: only
      ? only.message.split('\n').slice(1).join('\n').trim()
      : commits.map(one => `* ${one.message}`).join('\n\n'),
  };
  return {
    title: `${first} (#${issue.number})`,
    message: bodies[settings.squash_merge_commit_message],
  };
}

/** Removes a merged branch where the repository is set so. */
async function removeHead(
  context: Context,
  { repository, number, actor }: MergeRequest,
): Promise<void> {
  const { pull } = findPull(context, repository, number);
  if (
    !repository.settings.delete_branch_on_merge ||
    pull.headRepository !== repository.id ||
    pull.head === repository.defaultBranch ||
    context.store.of(repository).protections.get(pull.head)
  ) {
    return;
  }
  await inTurn(context, repository, async () => {
    const ref = `refs/heads/${pull.head}`;
    const before = await context.git(repository).ref(ref);
    if (before === pull.headSha) {
      await moveRef(context, {
        repository,
        actor,
        ref,
        before,
        after: ZERO_SHA,
        trusted: true,
      });
    }
  });
}
