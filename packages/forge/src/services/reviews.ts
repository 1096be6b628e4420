import { Account } from '../accounts';
import { Context } from '../context';
import { ApiError } from '../errors';
import { pullShape, reviewShape } from '../shapes/pull';
import { PullRecord, RepositoryRecord, Review } from '../store/records';
import { saveIssue } from './issues';

const STATES = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
} as const;

/**
 * Adds somebody's opinion to a pull request.
 *
 * @throws ApiError 422 for one's own pull request
 */
export async function submitReview(
  context: Context,
  {
    repository,
    issue,
    actor,
    body,
    event,
    at,
  }: {
    repository: RepositoryRecord;
    issue: PullRecord;
    actor: Account;
    body: string;
    event: keyof typeof STATES;
    /** ISO time of the review. */
    at: string;
  },
): Promise<Review> {
  if (event !== 'COMMENT' && issue.author === actor.login) {
    throw new ApiError(
      422,
      `Can not ${
        event === 'APPROVE' ? 'approve' : 'request changes on'
      } your own pull request`,
    );
  }
  const { pull } = issue;
  const review: Review = {
    id: context.store.newId(),
    author: actor.login,
    body,
    state: STATES[event],
    sha: pull.headSha,
    submittedAt: at,
  };
  const next = await saveIssue(context, repository, {
    ...issue,
    pull: {
      ...pull,
      reviews: [...pull.reviews, review],
      requestedReviewers: pull.requestedReviewers.filter(
        login => login !== actor.login,
      ),
    },
  });
  const shape = reviewShape(context, repository, next, review);
  await context.webhooks.emit({
    event: 'pull_request_review',
    action: 'submitted',
    repository,
    sender: actor,
    payload: {
      action: 'submitted',
      review: { ...shape, state: review.state.toLowerCase() },
      pull_request: pullShape(context, repository, next),
    },
  });
  return review;
}
