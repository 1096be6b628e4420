import { Request, Response } from 'express';
import { Account } from '../accounts';
import { includes, Viewer } from '../auth';
import { Context } from '../context';
import { ApiError, notFound } from '../errors';
import { GitRepository } from '../git/repository';
import { isTreePath } from '../names';
import { RepositoryRecord } from '../store/records';
import { Page, layout } from './layout';

/** Sends a page. */
export function send(
  context: Context,
  res: Response,
  page: Page,
  status = 200,
): void {
  res
    .status(status)
    .type('text/html; charset=utf-8')
    .send(layout(context, page));
}

/**
 * The repository a page is about.
 *
 * @throws ApiError 401 where reading needs a token, 404 when it is not there
 */
export function pageRepository(
  context: Context,
  req: Request,
  res: Response,
): { repository: RepositoryRecord; git: GitRepository } {
  const viewer = res.locals.viewer as Viewer;
  const { owner, repo } = req.params;
  const repository = context.access.readable(viewer, owner, repo);
  if (!repository) {
    throw !viewer && !context.options.anonymousRead
      ? new ApiError(401, 'Requires authentication')
      : notFound('There is no such repository.');
  }
  return { repository, git: context.git(repository) };
}

/** Who a form acts as; undefined: the pages change nothing. */
export function actorOf(context: Context, res: Response): Account | undefined {
  const viewer = res.locals.viewer as Viewer;
  const { webAccount } = context.options;
  return viewer ?? (webAccount ? context.accounts.get(webAccount) : undefined);
}

/** @throws ApiError 403 */
export function needActor(context: Context, res: Response): Account {
  const actor = actorOf(context, res);
  if (!actor) {
    throw new ApiError(403, 'These pages are set up for reading only.');
  }
  return actor;
}

/** Whether an account may change a repository now. */
export function canPush(
  context: Context,
  account: Account,
  repository: RepositoryRecord,
): boolean {
  return (
    !repository.archived &&
    includes(context.access.permission(account, repository), 'push')
  );
}

/** @throws ApiError 403 */
export function mayPush(
  context: Context,
  actor: Account,
  repository: RepositoryRecord,
): Account {
  if (!canPush(context, actor, repository)) {
    throw new ApiError(
      403,
      repository.archived
        ? 'This repository was archived: it is read-only.'
        : `${actor.login} may not change this repository.`,
    );
  }
  return actor;
}

/** What a route's `*` stands for. */
export function wildcard(params: Record<string, string>): string {
  return params[0].replace(/^\/+|\/+$/g, '');
}

/** A commit, and how its page calls it. */
export interface AtRef {
  ref: string;
  sha: string;
  /** '' is the root. */
  path: string;
  /** Whether the ref is a branch. */
  branch: boolean;
}

/**
 * Splits `ref/path`: branch names may have slashes, so the longest name that
 * exists wins.
 *
 * @throws ApiError 404
 */
export async function refAndPath(
  git: GitRepository,
  rest: string,
): Promise<AtRef> {
  const names = (await git.refs('refs/heads/', 'refs/tags/')).map(ref =>
    ref.name.replace(/^refs\/(heads|tags)\//, ''),
  );
  const fits = names
    .filter(name => rest === name || rest.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length);
  const ref = fits[0] ?? rest.split('/', 1)[0];
  const sha = await git.resolve(ref);
  const path = rest.slice(ref.length + 1).replace(/\/+$/, '');
  if (!sha || (path !== '' && !isTreePath(path))) {
    throw notFound('There is no such branch, commit or file.');
  }
  const branch = (await git.ref(`refs/heads/${ref}`)) === sha;
  return { ref, sha, path, branch };
}
