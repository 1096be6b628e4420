import { Account } from '../accounts';
import { Viewer } from '../auth';
import { Context } from '../context';
import { Commit, headline } from '../git/commit';
import { isFullRef, isRefName, isTreePath } from '../names';
import {
  IssueRecord,
  PullRecord,
  RepositoryRecord,
  TeamRecord,
} from '../store/records';
import { teamKey } from '../store/store';
import { nodeId } from '../urls';

const MAX_PAGE = 100;
const MAX_TEXT = 512 * 1024;

interface PageArgs {
  first?: number;
  after?: string;
}

/** One page of a list; the cursor is a position. */
export function connection<T, N>(
  items: T[],
  { first, after }: PageArgs,
  toNode: (item: T) => N,
) {
  const start = after
    ? Number(Buffer.from(after, 'base64').toString().replace('cursor:', '')) ||
      0
    : 0;
  const end = start + Math.min(Math.max(first ?? 30, 0), MAX_PAGE);
  const page = items.slice(start, end);
  const cursor = (position: number) =>
    Buffer.from(`cursor:${position}`).toString('base64');
  const nodes = page.map(toNode);
  return {
    nodes,
    edges: nodes.map((node, index) => ({
      node,
      cursor: cursor(start + index + 1),
    })),
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: page.length > 0 ? cursor(start + 1) : null,
      endCursor: page.length > 0 ? cursor(start + page.length) : null,
    },
  };
}

/** Makes GraphQL nodes for one caller. */
export class Nodes {
  constructor(
    private readonly context: Context,
    private readonly viewer: Viewer,
  ) {}

  /** The repository if the caller may see it. */
  visible(owner: string, name: string): RepositoryRecord | undefined {
    const repository = this.context.store.find(owner, name);
    return repository && this.context.access.permission(this.viewer, repository)
      ? repository
      : undefined;
  }

  owner(account: Account) {
    return account.type === 'Organization'
      ? this.organization(account)
      : this.user(account);
  }

  user(account: Account): Record<string, unknown> {
    const { context } = this;
    return {
      ...this.ownerFields(account),
      __typename: 'User',
      email: account.email ?? '',
      bio: null,
      suspendedAt: null,
      organizationVerifiedDomainEmails: [],
      organizations: (args: PageArgs) =>
        connection(context.accounts.organisations(), args, one =>
          this.organization(one),
        ),
    };
  }

  organization(account: Account): Record<string, unknown> {
    const { accounts, store } = this.context;
    return {
      ...this.ownerFields(account),
      __typename: 'Organization',
      email: account.email,
      membersWithRole: (args: PageArgs) =>
        connection(accounts.users(), args, one => this.user(one)),
      teams: (args: PageArgs & { userLogins?: string[] }) => {
        const wanted = args.userLogins?.filter(Boolean) ?? [];
        const teams = accounts
          .teams(account.login)
          .filter(
            team =>
              wanted.length === 0 ||
              team.members.some(login => wanted.includes(login)),
          );
        return connection(teams, args, team => this.team(team));
      },
      team: ({ slug }: { slug: string }) => {
        const record = store.teams.get(teamKey(account.login, slug));
        return record ? this.team(record) : null;
      },
    };
  }

  team(record: TeamRecord): Record<string, unknown> {
    const { accounts, store, urls } = this.context;
    const parent = record.parent
      ? store.teams.get(teamKey(record.organisation, record.parent))
      : undefined;
    const url = `${urls.base}/orgs/${record.organisation}/teams/${record.slug}`;
    return {
      id: nodeId('Team', record.id),
      slug: record.slug,
      combinedSlug: `${record.organisation}/${record.slug}`,
      name: record.name,
      description: record.description,
      avatarUrl: null,
      editTeamUrl: `${url}/edit`,
      parentTeam: () => (parent ? this.team(parent) : null),
      members: (args: PageArgs) =>
        connection(record.members, args, login =>
          this.user(accounts.known(login)),
        ),
    };
  }

  repository(record: RepositoryRecord): Record<string, unknown> {
    const { context } = this;
    return {
      id: nodeId('Repository', record.id),
      databaseId: record.id,
      name: record.name,
      nameWithOwner: `${record.owner}/${record.name}`,
      description: record.description,
      url: context.urls.repositoryHtml(record),
      isArchived: record.archived,
      isFork: record.forkOf !== null,
      isPrivate: record.visibility !== 'public',
      isEmpty: record.pushedAt === null,
      visibility: record.visibility.toUpperCase(),
      createdAt: record.createdAt,
      pushedAt: record.pushedAt,
      repositoryTopics: (args: PageArgs) =>
        connection(record.topics, args, name => ({
          __typename: 'RepositoryTopic',
          topic: { name },
          url: `${context.urls.base}/topics/${name}`,
        })),
      defaultBranchRef: () =>
        this.ref(record, `refs/heads/${record.defaultBranch}`),
      object: ({ expression, oid }: { expression?: string; oid?: string }) =>
        this.object(record, expression ?? oid ?? ''),
      ref: ({ qualifiedName }: { qualifiedName: string }) =>
        this.ref(
          record,
          qualifiedName.startsWith('refs/')
            ? qualifiedName
            : `refs/heads/${qualifiedName}`,
        ),
      pullRequests: (args: PageArgs & { states?: string[] }) =>
        this.pulls(record, args, () => true),
    };
  }

  commit(record: RepositoryRecord, commit: Commit): Record<string, unknown> {
    return {
      __typename: 'Commit',
      id: nodeId('Commit', commit.sha),
      oid: commit.sha,
      message: commit.message,
      messageHeadline: headline(commit.message),
      url: `${this.context.urls.repositoryHtml(record)}/commit/${commit.sha}`,
      committedDate: commit.committer.date,
    };
  }

  private ownerFields(account: Account) {
    const { context } = this;
    return {
      id: nodeId(account.type, account.id),
      login: account.login,
      url: context.urls.html(account.login),
      name: account.name,
      avatarUrl: `${context.urls.base}/-/avatar/${account.login}.svg`,
      repositories: (args: PageArgs) =>
        connection(
          context.store
            .ownedBy(account.login)
            .filter(one => context.access.permission(this.viewer, one)),
          args,
          one => this.repository(one),
        ),
      repository: ({ name }: { name: string }) => {
        const record = this.visible(account.login, name);
        return record ? this.repository(record) : null;
      },
    };
  }

  private async ref(record: RepositoryRecord, name: string) {
    const sha = isFullRef(name)
      ? await this.context.git(record).ref(name)
      : undefined;
    if (!sha) {
      return null;
    }
    const [, prefix, short] =
      /^(refs\/(?:heads|tags)\/)(.*)$/s.exec(name) ?? [];
    return {
      id: nodeId('Ref', `${record.id}:${name}`),
      name: short,
      prefix,
      target: () => this.object(record, sha),
      associatedPullRequests: (args: PageArgs & { states?: string[] }) =>
        this.pulls(
          record,
          args,
          issue =>
            issue.pull.head === short &&
            issue.pull.headRepository === record.id,
        ),
    };
  }

  private pulls(
    record: RepositoryRecord,
    args: PageArgs & { states?: string[] },
    filter: (issue: PullRecord) => boolean,
  ) {
    const stateOf = (issue: PullRecord) =>
      issue.pull.mergedAt ? 'MERGED' : issue.state.toUpperCase();
    const pulls = this.context.store
      .of(record)
      .issues.list()
      .filter(isPull)
      .filter(
        issue =>
          filter(issue) &&
          (!args.states || args.states.includes(stateOf(issue))),
      );
    return connection(pulls, args, issue => ({
      id: nodeId('PullRequest', issue.id),
      number: issue.number,
      title: issue.title,
      url: `${this.context.urls.repositoryHtml(record)}/pull/${issue.number}`,
      state: stateOf(issue),
      merged: issue.pull.mergedAt !== null,
      isDraft: issue.pull.draft,
      baseRefName: issue.pull.base,
      headRefName: issue.pull.head,
    }));
  }

  /** What `HEAD:path`, `branch:path`, a ref or a SHA names. */
  private async object(record: RepositoryRecord, expression: string) {
    const git = this.context.git(record);
    const colon = expression.indexOf(':');
    const revision = colon < 0 ? expression : expression.slice(0, colon);
    const path = colon < 0 ? '' : expression.slice(colon + 1);
    const named = revision === 'HEAD' ? record.defaultBranch : revision;
    const sha =
      isRefName(named) || isFullRef(named)
        ? await git.resolve(named)
        : undefined;
    if (!sha || (path !== '' && !isTreePath(path))) {
      return null;
    }
    if (colon < 0) {
      const commit = await git.commit(sha);
      return commit ? this.commit(record, commit) : null;
    }
    const found = await git.stat(sha, path);
    if (!found) {
      return null;
    }
    const common = {
      id: nodeId(found.type === 'blob' ? 'Blob' : 'Tree', found.sha),
      oid: found.sha,
    };
    if (found.type === 'blob') {
      return {
        ...common,
        __typename: 'Blob',
        byteSize: found.size,
        text: async () => {
          const content =
            found.size > MAX_TEXT
              ? (await git.blob(found.sha)).subarray(0, MAX_TEXT)
              : await git.blob(found.sha);
          return content.includes(0) ? null : content.toString('utf8');
        },
        isBinary: async () => (await git.blob(found.sha)).includes(0),
      };
    }
    return {
      ...common,
      __typename: 'Tree',
      entries: async () =>
        (await git.tree(sha, { path })).map(entry => ({
          name: entry.path,
          path: path ? `${path}/${entry.path}` : entry.path,
          type: entry.type,
          mode: Number.parseInt(entry.mode, 8),
          object: () =>
            this.object(
              record,
              `${sha}:${path ? `${path}/` : ''}${entry.path}`,
            ),
        })),
    };
  }
}

function isPull(issue: IssueRecord): issue is PullRecord {
  return issue.pull !== undefined;
}
