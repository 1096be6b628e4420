import { Account } from '../accounts';
import { Context, now } from '../context';
import { ZERO_SHA } from '../git/repository';
import { PullRecord, RepositoryRecord } from '../store/records';
import { isPull, saveIssue } from './issues';
import { closePull, emitPull, takeHead } from './pulls';
import { RefUpdate } from './announce';

/** Brings the open pull requests up to a branch that moved. */
export async function followPulls(
  context: Context,
  repository: RepositoryRecord,
  actor: Account,
  update: RefUpdate,
): Promise<void> {
  if (!update.ref.startsWith('refs/heads/')) {
    return;
  }
  const branch = update.ref.slice('refs/heads/'.length);
  for (const base of context.store.repositories.list()) {
    // A fork's branch may be the head of a pull request elsewhere.
    if (base.id === repository.id || base.id === repository.forkOf) {
      const open = context.store
        .of(base)
        .issues.list()
        .filter(isPull)
        .filter(issue => issue.state === 'open');
      for (const issue of open) {
        const { pull } = issue;
        if (base.id === repository.id && pull.base === branch) {
          await followBase(context, base, issue, actor, update);
        } else if (
          pull.headRepository === repository.id &&
          pull.head === branch
        ) {
          await followHead(context, base, issue, actor, update);
        }
      }
    }
  }
}

/** Merged once the base contains the head, or the commit made to merge it. */
async function followBase(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  actor: Account,
  { before, after }: RefUpdate,
): Promise<void> {
  if (after === ZERO_SHA) {
    await closePull(context, repository, issue, actor);
    return;
  }
  const git = context.git(repository);
  const { pull } = issue;
  const byMerge =
    pull.mergeSha !== null && (await git.isAncestor(pull.mergeSha, after));
  if (!byMerge && !(await git.isAncestor(pull.headSha, after))) {
    return;
  }
  const at = now();
  const merged = await saveIssue(context, repository, {
    ...issue,
    state: 'closed' as const,
    closedAt: at,
    closedBy: pull.mergedBy ?? actor.login,
    pull: {
      ...pull,
      baseSha: byMerge || before === ZERO_SHA ? pull.baseSha : before,
      mergedAt: at,
      mergedBy: byMerge ? pull.mergedBy : actor.login,
      mergeSha: byMerge ? pull.mergeSha : after,
    },
  });
  await emitPull(context, repository, merged, actor, 'closed');
}

async function followHead(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  actor: Account,
  { before, after }: RefUpdate,
): Promise<void> {
  if (after === ZERO_SHA) {
    await closePull(context, repository, issue, actor);
    return;
  }
  const stale =
    context.store.of(repository).protections.get(issue.pull.base)
      ?.requiredReviews?.dismissStale ?? false;
  const followed = await saveIssue(context, repository, {
    ...issue,
    pull: {
      ...issue.pull,
      headSha: after,
      mergeSha: null,
      mergedBy: null,
      reviews: issue.pull.reviews.map(review =>
        stale && review.state === 'APPROVED'
          ? { ...review, state: 'DISMISSED' as const }
          : review,
      ),
    },
  });
  await takeHead(context, repository, followed);
  await emitPull(context, repository, followed, actor, 'synchronize', {
    before,
    after,
  });
}
