import { Account } from '../accounts';
import { TeamRecord } from '../store/records';
import { nodeId, Urls } from '../urls';

/** A user or organisation as it stands inside of other objects. */
export function simpleUser(account: Account, urls: Urls) {
  const url = `${urls.api}/users/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${urls.base}/-/avatar/${account.login}.svg`,
    gravatar_id: '',
    url,
    html_url: urls.html(account.login),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

/** Answer of `GET /users/:login`. */
export function fullUser(account: Account, publicRepos: number, urls: Urls) {
  return {
    ...simpleUser(account, urls),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: account.email,
    hireable: null,
    bio: null,
    public_repos: publicRepos,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

/** The organisation as webhooks and lists carry it. */
export function simpleOrganisation(account: Account, urls: Urls) {
  const url = `${urls.api}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('Organization', account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${urls.base}/-/avatar/${account.login}.svg`,
    description: account.name,
  };
}

/** Answer of `GET /orgs/:org`. */
export function fullOrganisation(
  account: Account,
  publicRepos: number,
  urls: Urls,
) {
  return {
    ...simpleOrganisation(account, urls),
    name: account.name ?? account.login,
    html_url: urls.html(account.login),
    type: 'Organization',
    public_repos: publicRepos,
    public_gists: 0,
    followers: 0,
    following: 0,
    has_organization_projects: false,
    has_repository_projects: false,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

/** A team of an organisation. */
export function team(record: TeamRecord, urls: Urls) {
  const url = `${urls.api}/orgs/${record.organisation}/teams/${record.slug}`;
  return {
    id: record.id,
    node_id: nodeId('Team', record.id),
    name: record.name,
    slug: record.slug,
    description: record.description,
    privacy: record.privacy,
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    url,
    html_url: `${urls.base}/orgs/${record.organisation}/teams/${record.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
    members_count: record.members.length,
    created_at: record.createdAt,
    updated_at: record.createdAt,
  };
}
