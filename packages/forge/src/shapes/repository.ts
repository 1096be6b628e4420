import { Account } from '../accounts';
import { includes } from '../auth';
import { Permission, RepositoryRecord } from '../store/records';
import { nodeId, Urls } from '../urls';
import { simpleUser } from './user';

/** GitHub's five permission flags. */
export function permissionFlags(held: Permission | undefined) {
  return {
    admin: includes(held, 'admin'),
    maintain: includes(held, 'maintain'),
    push: includes(held, 'push'),
    triage: includes(held, 'triage'),
    pull: includes(held, 'pull'),
  };
}

/** What a repository looks like to everybody, webhooks included. */
export function repository(
  record: RepositoryRecord,
  owner: Account,
  urls: Urls,
  counts: { openIssues?: number; forks?: number } = {},
) {
  const url = urls.repositoryApi(record);
  const html = urls.repositoryHtml(record);
  const { openIssues = 0, forks = 0 } = counts;
  return {
    id: record.id,
    node_id: nodeId('Repository', record.id),
    name: record.name,
    full_name: `${record.owner}/${record.name}`,
    private: record.visibility !== 'public',
    owner: simpleUser(owner, urls),
    html_url: html,
    description: record.description,
    fork: record.forkOf !== null,
    url,
    ...links(url),
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    pushed_at: record.pushedAt ?? record.createdAt,
    git_url: `${html.replace(/^https?/, 'git')}.git`,
    ssh_url: `ssh://git@${new URL(html).hostname}/${record.owner}/${
      record.name
    }.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: record.homepage,
    size: Math.ceil(record.size / 1024),
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    ...record.settings,
    has_downloads: false,
    has_pages: false,
    has_discussions: false,
    forks_count: forks,
    mirror_url: null,
    archived: record.archived,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    web_commit_signoff_required: false,
    topics: record.topics,
    visibility: record.visibility,
    forks,
    open_issues: openIssues,
    watchers: 0,
    default_branch: record.defaultBranch,
    custom_properties: record.customProperties,
  };
}

function links(url: string) {
  return {
    forks_url: `${url}/forks`,
    keys_url: `${url}/keys{/key_id}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    teams_url: `${url}/teams`,
    hooks_url: `${url}/hooks`,
    issue_events_url: `${url}/issues/events{/number}`,
    events_url: `${url}/events`,
    assignees_url: `${url}/assignees{/user}`,
    branches_url: `${url}/branches{/branch}`,
    tags_url: `${url}/tags`,
    blobs_url: `${url}/git/blobs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    trees_url: `${url}/git/trees{/sha}`,
    statuses_url: `${url}/statuses/{sha}`,
    languages_url: `${url}/languages`,
    stargazers_url: `${url}/stargazers`,
    contributors_url: `${url}/contributors`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    commits_url: `${url}/commits{/sha}`,
    git_commits_url: `${url}/git/commits{/sha}`,
    comments_url: `${url}/comments{/number}`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    contents_url: `${url}/contents/{+path}`,
    compare_url: `${url}/compare/{base}...{head}`,
    merges_url: `${url}/merges`,
    archive_url: `${url}/{archive_format}{/ref}`,
    downloads_url: `${url}/downloads`,
    issues_url: `${url}/issues{/number}`,
    pulls_url: `${url}/pulls{/number}`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    labels_url: `${url}/labels{/name}`,
    releases_url: `${url}/releases{/id}`,
    deployments_url: `${url}/deployments`,
  };
}
