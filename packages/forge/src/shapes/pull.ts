import { Context } from '../context';
import { PullRecord, RepositoryRecord, Review } from '../store/records';
import { teamKey } from '../store/store';
import { nodeId } from '../urls';
import { commonShape, userShapes } from './issue';
import { simpleUser, team as teamShape } from './user';

/** Counts which only the full shape has. */
export interface PullDetails {
  commits: number;
  additions: number;
  deletions: number;
  changedFiles: number;
  mergeable: boolean | null;
  mergeableState: string;
}

function side(
  context: Context,
  repository: RepositoryRecord | undefined,
  fallbackOwner: string,
  ref: string,
  sha: string,
) {
  const owner = context.accounts.known(repository?.owner ?? fallbackOwner);
  return {
    label: `${owner.login}:${ref}`,
    ref,
    sha,
    user: simpleUser(owner, context.urls),
    repo: repository ? context.repositoryShape(repository) : null,
  };
}

/** A pull request; with details as `GET …/pulls/:n` and webhooks have it. */
export function pullShape(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  details?: PullDetails,
) {
  const { urls, accounts, store } = context;
  const { pull } = issue;
  const api = urls.repositoryApi(repository);
  const page = `${urls.repositoryHtml(repository)}/pull/${issue.number}`;
  const url = `${api}/pulls/${issue.number}`;
  const issueUrl = `${api}/issues/${issue.number}`;
  const head =
    pull.headRepository === null
      ? undefined
      : context.current({ id: pull.headRepository });
  const statuses = `${api}/statuses/${pull.headSha}`;
  return {
    ...commonShape(context, repository, issue),
    url,
    node_id: nodeId('PullRequest', issue.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${issueUrl}/comments`,
    statuses_url: statuses,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergedAt ? pull.mergeSha : null,
    requested_reviewers: userShapes(context, pull.requestedReviewers),
    requested_teams: pull.requestedTeams.flatMap(slug => {
      const record = store.teams.get(teamKey(repository.owner, slug));
      return record ? [teamShape(record, urls)] : [];
    }),
    draft: pull.draft,
    head: side(context, head, issue.author, pull.head, pull.headSha),
    base: side(context, repository, repository.owner, pull.base, pull.baseSha),
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: issueUrl },
      comments: { href: `${issueUrl}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${api}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    auto_merge: null,
    ...(details
      ? {
          merged: pull.mergedAt !== null,
          mergeable: details.mergeable,
          rebaseable: details.mergeable,
          mergeable_state: details.mergeableState,
          merged_by:
            pull.mergedAt && pull.mergedBy
              ? simpleUser(accounts.known(pull.mergedBy), urls)
              : null,
          comments: issue.comments.length,
          review_comments: 0,
          maintainer_can_modify: false,
          commits: details.commits,
          additions: details.additions,
          deletions: details.deletions,
          changed_files: details.changedFiles,
        }
      : {}),
  };
}

/** A review of a pull request. */
export function reviewShape(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  review: Review,
) {
  const { urls } = context;
  const page = `${urls.repositoryHtml(repository)}/pull/${issue.number}`;
  const url = `${urls.repositoryApi(repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: simpleUser(context.accounts.known(review.author), urls),
    body: review.body,
    state: review.state,
    html_url: `${page}#pullrequestreview-${review.id}`,
    pull_request_url: url,
    author_association: 'MEMBER',
    _links: {
      html: { href: `${page}#pullrequestreview-${review.id}` },
      pull_request: { href: url },
    },
    submitted_at: review.submittedAt,
    commit_id: review.sha,
  };
}
