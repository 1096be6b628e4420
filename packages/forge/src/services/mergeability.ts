import { Account } from '../accounts';
import { includes } from '../auth';
import { Context } from '../context';
import { PullRecord, RepositoryRecord, Review } from '../store/records';
import { isBound, listed } from './protection';
import { requiredChecks } from './statuses';

const UNFIT = { pending: 'pending', failure: 'failing', error: 'failing' };

/** The last opinion of every reviewer who may push; nobody counts for their own. */
export function opinions(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
): Review[] {
  const latest = new Map<string, Review>();
  for (const review of issue.pull.reviews) {
    if (review.state !== 'COMMENTED' && review.author !== issue.author) {
      latest.set(review.author, review);
    }
  }
  return [...latest.values()].filter(review =>
    includes(
      context.access.permission(
        context.accounts.get(review.author),
        repository,
      ),
      'push',
    ),
  );
}

/**
 * What branch protection has against merging, in GitHub's words. Empty when
 * nothing, or when the account is an admin whom the rules let off.
 */
export async function blockersOf(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  actor: Account | undefined,
): Promise<string[]> {
  const { pull } = issue;
  const protection = context.store.of(repository).protections.get(pull.base);
  if (
    !protection ||
    (actor && !isBound(context, repository, protection, actor))
  ) {
    return [];
  }
  const login = actor?.login ?? '';
  const blockers: string[] = [];
  const { requiredReviews, requiredStatusChecks, restrictions } = protection;
  if (protection.lockBranch) {
    blockers.push('The base branch is locked.');
  }
  if (restrictions && !listed(context, repository, restrictions, login)) {
    blockers.push("You're not authorized to push to this branch.");
  }
  if (
    requiredReviews &&
    !listed(context, repository, requiredReviews.bypass, login)
  ) {
    const all = opinions(context, repository, issue);
    const approvals = all.filter(one => one.state === 'APPROVED').length;
    if (all.some(one => one.state === 'CHANGES_REQUESTED')) {
      blockers.push('Changes were requested by a reviewer.');
    } else if (approvals < requiredReviews.count) {
      const { count } = requiredReviews;
      blockers.push(
        `At least ${count} approving review${
          count === 1 ? ' is' : 's are'
        } required by reviewers with write access.`,
      );
    }
  }
  if (requiredStatusChecks) {
    const { contexts, strict } = requiredStatusChecks;
    for (const { name, status } of requiredChecks(context, repository, issue)) {
      if (status?.state !== 'success') {
        const how = status ? UNFIT[status.state] : 'expected';
        blockers.push(`Required status check "${name}" is ${how}.`);
      }
    }
    const git = context.git(repository);
    const base = await git.ref(`refs/heads/${pull.base}`);
    if (
      strict &&
      contexts.length > 0 &&
      base &&
      !(await git.isAncestor(base, pull.headSha))
    ) {
      blockers.push('The head branch is not up to date with the base branch.');
    }
  }
  return blockers;
}
