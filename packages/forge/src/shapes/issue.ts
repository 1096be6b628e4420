import { Context } from '../context';
import { Comment, IssueRecord, RepositoryRecord } from '../store/records';
import { nodeId } from '../urls';
import { simpleUser } from './user';

/** Labels of an issue as objects. */
export function labelShapes(
  context: Context,
  repository: RepositoryRecord,
  names: string[],
) {
  const current = context.current(repository) ?? repository;
  const api = context.urls.repositoryApi(repository);
  return names.flatMap(name => {
    const label = current.labels.find(
      one => one.name.toLowerCase() === name.toLowerCase(),
    );
    return label
      ? [
          {
            id: label.id,
            node_id: nodeId('Label', label.id),
            url: `${api}/labels/${encodeURIComponent(label.name)}`,
            name: label.name,
            color: label.color,
            default: false,
            description: label.description,
          },
        ]
      : [];
  });
}

/** Users by their logins. */
export function userShapes(context: Context, logins: string[]) {
  return logins.map(login =>
    simpleUser(context.accounts.known(login), context.urls),
  );
}

/** What issues and pull requests have in common. */
export function commonShape(
  context: Context,
  repository: RepositoryRecord,
  issue: IssueRecord,
) {
  const assignees = userShapes(context, issue.assignees);
  return {
    id: issue.id,
    number: issue.number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: simpleUser(context.accounts.known(issue.author), context.urls),
    body: issue.body,
    labels: labelShapes(context, repository, issue.labels),
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: 'MEMBER',
    active_lock_reason: null,
  };
}

/** An issue; a pull request looks like one too. */
export function issueShape(
  context: Context,
  repository: RepositoryRecord,
  issue: IssueRecord,
) {
  const { urls } = context;
  const api = urls.repositoryApi(repository);
  const html = urls.repositoryHtml(repository);
  const url = `${api}/issues/${issue.number}`;
  const page = `${html}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
  return {
    ...commonShape(context, repository, issue),
    node_id: nodeId('Issue', issue.id),
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    comments: issue.comments.length,
    state_reason: issue.stateReason,
    ...(issue.pull
      ? {
          draft: issue.pull.draft,
          pull_request: {
            url: `${api}/pulls/${issue.number}`,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: issue.pull.mergedAt,
          },
        }
      : {}),
  };
}

/** A comment on an issue or pull request. */
export function commentShape(
  context: Context,
  repository: RepositoryRecord,
  issue: IssueRecord,
  comment: Comment,
) {
  const api = context.urls.repositoryApi(repository);
  const html = context.urls.repositoryHtml(repository);
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${api}/issues/comments/${comment.id}`,
    html_url: `${html}/${issue.pull ? 'pull' : 'issues'}/${
      issue.number
    }#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${issue.number}`,
    user: simpleUser(context.accounts.known(comment.author), context.urls),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: 'MEMBER',
  };
}
