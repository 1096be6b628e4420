import { Request, Response } from 'express';
import { z } from 'zod';
import { Account } from '../accounts';
import { Viewer } from '../auth';
import { Context } from '../context';
import { ApiError, notFound } from '../errors';
import { GitRepository } from '../git/repository';
import { Permission, RepositoryRecord } from '../store/records';

const MAX_PAGE = 100;

/** The caller, as the router found it. */
export function viewerOf(res: Response): Viewer {
  return res.locals.viewer as Viewer;
}

/** The repository a route names, if the caller may do this there. */
export function repositoryOf(
  context: Context,
  req: Request,
  res: Response,
  wanted: Permission = 'pull',
): RepositoryRecord {
  return context.access.repository(
    viewerOf(res),
    req.params.owner,
    req.params.repo,
    wanted,
  );
}

/** The same for a change: also who makes it. */
export function changeOf(
  context: Context,
  req: Request,
  res: Response,
  wanted: Permission = 'push',
): { repository: RepositoryRecord; actor: Account; git: GitRepository } {
  const actor = context.access.someone(viewerOf(res));
  const repository = repositoryOf(context, req, res, wanted);
  return { repository, actor, git: context.git(repository) };
}

/**
 * The body of a request.
 *
 * @throws ApiError 422 which names the first field that is wrong
 */
export function bodyOf<S extends z.ZodTypeAny>(
  req: Request,
  schema: S,
  resource = 'Request',
): z.output<S> {
  const result = schema.safeParse(req.body ?? {});
  if (!result.success) {
    const issue = result.error.issues[0];
    const field = issue.path.join('.') || 'body';
    const missing =
      issue.code === 'invalid_type' && issue.received === 'undefined';
    throw new ApiError(422, `Invalid request.\n\n${field}: ${issue.message}`, [
      { resource, field, code: missing ? 'missing_field' : 'invalid' },
    ]);
  }
  return result.data;
}

/** A text parameter of the query. */
export function queryOf(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Page number and size a caller asked for. */
export function pageOf(req: Request): { page: number; perPage: number } {
  const number = (name: string, fallback: number) => {
    const value = Number(queryOf(req, name) ?? fallback);
    return Number.isInteger(value) && value > 0 ? value : fallback;
  };
  return {
    page: number('page', 1),
    perPage: Math.min(number('per_page', 30), MAX_PAGE),
  };
}

/** One page of a list, with GitHub's Link header. */
export function paginate<T>(
  context: Context,
  req: Request,
  res: Response,
  items: readonly T[],
): T[] {
  const { page, perPage } = pageOf(req);
  linkPages(context, req, res, {
    page,
    last: Math.max(1, Math.ceil(items.length / perPage)),
  });
  return items.slice((page - 1) * perPage, page * perPage);
}

/** Sets the Link header for a list of which the caller knows the pages. */
export function linkPages(
  context: Context,
  req: Request,
  res: Response,
  { page, last }: { page: number; last: number },
): void {
  const link = (target: number, rel: string) => {
    const url = new URL(`${context.urls.base}${req.originalUrl}`);
    url.searchParams.set('page', String(target));
    return `<${url.toString()}>; rel="${rel}"`;
  };
  const links: string[] = [];
  if (page > 1) {
    links.push(link(Math.min(page - 1, last), 'prev'));
  }
  if (page < last) {
    links.push(link(page + 1, 'next'), link(last, 'last'));
  }
  if (page > 1) {
    links.push(link(1, 'first'));
  }
  if (links.length > 0) {
    res.setHeader('Link', links.join(', '));
  }
}

/** The commit a route or query names. @throws ApiError 404 or 422 */
export async function commitOf(
  git: GitRepository,
  revision: string,
  status: 404 | 422 = 404,
): Promise<string> {
  const sha = await git.resolve(revision);
  if (!sha) {
    throw status === 404
      ? notFound()
      : new ApiError(422, `No commit found for SHA: ${revision}`);
  }
  return sha;
}

/** A number in a route. @throws ApiError 404 */
export function numberOf(req: Request, name: string): number {
  const value = Number(req.params[name]);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw notFound();
  }
  return value;
}
