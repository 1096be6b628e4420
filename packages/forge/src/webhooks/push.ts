import { Account } from '../accounts';
import { Context } from '../context';
import { Commit } from '../git/commit';
import { GitRepository, ZERO_SHA } from '../git/repository';
import { RepositoryRecord } from '../store/records';
import { RefUpdate } from '../services/announce';

/** GitHub leaves commits out of a push beyond this number. */
const MAX_COMMITS = 2048;

/** The `push` event of one moved ref. */
export async function pushPayload(
  context: Context,
  repository: RepositoryRecord,
  actor: Account,
  update: RefUpdate,
): Promise<Record<string, unknown>> {
  const git = context.git(repository);
  const { ref, before, after } = update;
  const created = before === ZERO_SHA;
  const deleted = after === ZERO_SHA;
  const tip = deleted ? undefined : await git.ref(`${after}^{commit}`);
  const commits = tip
    ? await git.commits(await newCommits(git, repository, update, tip))
    : [];
  const html = context.urls.repositoryHtml(repository);
  const described = await Promise.all(
    commits.map(commit => pushedCommit(context, git, html, commit)),
  );
  const head = tip ? await git.commit(tip) : undefined;
  const forced =
    !created &&
    !deleted &&
    !(await git.isAncestor(before, after).catch(() => false));
  return {
    ref,
    before,
    after,
    created,
    deleted,
    forced,
    base_ref: null,
    compare: compareUrl(html, update),
    commits: described,
    head_commit: head ? await pushedCommit(context, git, html, head) : null,
    pusher: { name: actor.login, email: actor.email ?? null },
  };
}

/** Commits a push brought, oldest first: those no branch had before. */
async function newCommits(
  git: GitRepository,
  repository: RepositoryRecord,
  { ref, before }: RefUpdate,
  tip: string,
): Promise<string[]> {
  if (!ref.startsWith('refs/heads/')) {
    return [];
  }
  const known =
    before === ZERO_SHA
      ? Object.entries(repository.refs)
          .filter(([name]) => name !== ref && name.startsWith('refs/heads/'))
          .map(([, sha]) => sha)
      : [before];
  const present: string[] = [];
  for (const sha of new Set(known)) {
    if (await git.ref(`${sha}^{commit}`)) {
      present.push(sha);
    }
  }
  return git.revList([tip], {
    not: present,
    limit: MAX_COMMITS,
    oldestFirst: true,
  });
}

async function pushedCommit(
  context: Context,
  git: GitRepository,
  html: string,
  commit: Commit,
) {
  const person = ({ name, email }: { name: string; email: string }) => ({
    name,
    email,
    username: context.byEmail(email)?.login ?? name,
  });
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${html}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    ...(await git.changedPaths(commit)),
  };
}

function compareUrl(html: string, { ref, before, after }: RefUpdate): string {
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  if (before === ZERO_SHA) {
    return `${html}/compare/${name}`;
  }
  return after === ZERO_SHA
    ? `${html}/compare/${before.slice(0, 12)}...`
    : `${html}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`;
}
