import { Request, Response } from 'express';
import { Context } from '../context';
import { findPull } from '../services/issues';
import { detailsOf } from '../services/pulls';
import { pullShape } from '../shapes/pull';
import { PullRecord, RepositoryRecord } from '../store/records';
import { changeOf, numberOf, repositoryOf, viewerOf } from './support';

/** The pull request a route names. @throws ApiError 404 */
export function readPull(context: Context, req: Request, res: Response) {
  const repository = repositoryOf(context, req, res);
  return {
    repository,
    issue: findPull(context, repository, numberOf(req, 'number')),
  };
}

/** The same for a change: also who makes it. @throws ApiError 401, 403, 404 */
export function changePull(context: Context, req: Request, res: Response) {
  const target = changeOf(context, req, res, 'push');
  return {
    ...target,
    issue: findPull(context, target.repository, numberOf(req, 'number')),
  };
}

/** The pull request as it is now, with what has to be counted for it. */
export async function fullPull(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  res: Response,
) {
  const fresh = findPull(context, repository, issue.number);
  return pullShape(
    context,
    repository,
    fresh,
    await detailsOf(context, repository, fresh, viewerOf(res)),
  );
}
