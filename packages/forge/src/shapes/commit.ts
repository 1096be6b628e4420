import { Account } from '../accounts';
import { Commit } from '../git/commit';
import { FileChange } from '../git/diff';
import { RepositoryRecord } from '../store/records';
import { encodePath, nodeId, Urls } from '../urls';
import { simpleUser } from './user';

/** Finds the account of an e-mail address. */
export type ByEmail = (email: string) => Account | undefined;

function verification({ signature }: Commit) {
  return {
    verified: false,
    reason: signature ? 'unknown_key' : 'unsigned',
    signature,
    payload: null,
    verified_at: null,
  };
}

/** A commit as `GET /repos/…/commits` lists it. */
export function commit(
  value: Commit,
  repository: RepositoryRecord,
  urls: Urls,
  byEmail: ByEmail,
) {
  const api = urls.repositoryApi(repository);
  const html = urls.repositoryHtml(repository);
  const author = byEmail(value.author.email);
  const committer = byEmail(value.committer.email);
  return {
    sha: value.sha,
    node_id: nodeId('Commit', value.sha),
    commit: {
      author: value.author,
      committer: value.committer,
      message: value.message,
      tree: { sha: value.tree, url: `${api}/git/trees/${value.tree}` },
      url: `${api}/git/commits/${value.sha}`,
      comment_count: 0,
      verification: verification(value),
    },
    url: `${api}/commits/${value.sha}`,
    html_url: `${html}/commit/${value.sha}`,
    comments_url: `${api}/commits/${value.sha}/comments`,
    author: author ? simpleUser(author, urls) : null,
    committer: committer ? simpleUser(committer, urls) : null,
    parents: value.parents.map(sha => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
  };
}

/** A commit as the git database has it. */
export function gitCommit(
  value: Commit,
  repository: RepositoryRecord,
  urls: Urls,
) {
  const api = urls.repositoryApi(repository);
  const html = urls.repositoryHtml(repository);
  return {
    sha: value.sha,
    node_id: nodeId('Commit', value.sha),
    url: `${api}/git/commits/${value.sha}`,
    html_url: `${html}/commit/${value.sha}`,
    author: value.author,
    committer: value.committer,
    tree: { sha: value.tree, url: `${api}/git/trees/${value.tree}` },
    message: value.message,
    parents: value.parents.map(sha => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
    verification: verification(value),
  };
}

/** One file of a commit, a comparison or a pull request. */
export function file(
  change: FileChange,
  sha: string,
  repository: RepositoryRecord,
  urls: Urls,
) {
  const api = urls.repositoryApi(repository);
  const html = urls.repositoryHtml(repository);
  const path = encodePath(change.path);
  return {
    sha: change.sha,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${html}/blob/${sha}/${path}`,
    raw_url: `${html}/raw/${sha}/${path}`,
    contents_url: `${api}/contents/${path}?ref=${sha}`,
    ...(change.patch === undefined ? {} : { patch: change.patch }),
    ...(change.previousPath === undefined
      ? {}
      : { previous_filename: change.previousPath }),
  };
}

/** Sums over the files of a change. */
export function stats(files: readonly FileChange[]) {
  const additions = files.reduce((sum, one) => sum + one.additions, 0);
  const deletions = files.reduce((sum, one) => sum + one.deletions, 0);
  return { total: additions + deletions, additions, deletions };
}
