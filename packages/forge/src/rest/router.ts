import express, { NextFunction, Request, Response, Router } from 'express';
import { STATUS_CODES } from 'node:http';
import PromiseRouter from 'express-promise-router';
import { Context } from '../context';
import { ApiError } from '../errors';
import { graphqlRoute } from '../graphql/route';
import { accountRoutes } from './accounts';
import { actionsRoutes } from './actions';
import { archiveRoutes } from './archive';
import { branchRoutes } from './branches';
import { commitRoutes } from './commits';
import { contentsRoutes } from './contents';
import { deploymentRoutes } from './deployments';
import { environmentRoutes } from './environments';
import { gitDataRoutes } from './gitdata';
import { hookRoutes, HookSender } from './hooks';
import { issueRoutes } from './issues';
import { peopleRoutes } from './people';
import { pullRoutes } from './pulls';
import { refRoutes } from './refs';
import { releaseRoutes } from './releases';
import { repositoryRoutes } from './repositories';
import { reviewRoutes } from './reviews';
import { settingsRoutes } from './settings';
import { workflowRoutes } from './workflows';

const BODY_LIMIT = '64mb';
const RATE_LIMIT = 5000;
const SCOPES = 'admin:org, admin:org_hook, admin:repo_hook, repo, workflow';
const DOCUMENTATION = 'https://docs.github.com/rest';

/** `/api/v3` and `/api/graphql`. */
export function apiRouter(context: Context, hooks: HookSender): Router {
  const router = PromiseRouter();
  router.use((req, res, next) => {
    res.setHeader('X-GitHub-Media-Type', 'github.v3; format=json');
    res.setHeader('X-RateLimit-Limit', RATE_LIMIT);
    res.setHeader('X-RateLimit-Remaining', RATE_LIMIT - 1);
    res.setHeader('X-RateLimit-Used', 1);
    res.setHeader('X-RateLimit-Reset', Math.floor(Date.now() / 1000) + 3600);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    res.setHeader('Cache-Control', 'private, max-age=0, must-revalidate');
    const viewer = context.access.viewer(req);
    res.locals.viewer = viewer;
    if (viewer) {
      res.setHeader('X-OAuth-Scopes', SCOPES);
      res.setHeader('X-Accepted-OAuth-Scopes', '');
    } else if (req.method !== 'GET' && req.method !== 'HEAD') {
      // Before the body is read: nobody in particular may send none.
      throw new ApiError(401, 'Requires authentication');
    } else if (!context.options.anonymousRead && needsViewer(req.path)) {
      throw new ApiError(401, 'Requires authentication');
    }
    next();
  });
  router.use(
    express.json({ limit: BODY_LIMIT, strict: false, type: () => true }),
  );
  router.use('/graphql', graphqlRoute(context));
  const v3 = PromiseRouter();
  v3.use(accountRoutes(context));
  v3.use(repositoryRoutes(context));
  v3.use(settingsRoutes(context));
  v3.use(peopleRoutes(context));
  v3.use(actionsRoutes(context));
  v3.use(branchRoutes(context));
  v3.use(contentsRoutes(context));
  v3.use(gitDataRoutes(context));
  v3.use(refRoutes(context));
  v3.use(commitRoutes(context));
  v3.use(archiveRoutes(context));
  v3.use(pullRoutes(context));
  v3.use(reviewRoutes(context));
  v3.use(issueRoutes(context));
  v3.use(environmentRoutes(context));
  v3.use(deploymentRoutes(context));
  v3.use(releaseRoutes(context));
  v3.use(workflowRoutes(context));
  v3.use(hookRoutes(context, hooks));
  router.use('/v3', v3);
  router.use(() => {
    throw new ApiError(404, 'Not Found');
  });
  router.use(
    (error: Error, req: Request, res: Response, next: NextFunction) => {
      if (res.headersSent) {
        next(error);
        return;
      }
      const { status, message, errors } = describe(error);
      if (status >= 500) {
        context.options.logger.error(
          `${req.method} ${req.path} failed: ${error.stack ?? error.message}`,
        );
      }
      res.status(status).json({
        message,
        ...(errors ? { errors } : {}),
        documentation_url: DOCUMENTATION,
        status: String(status),
      });
    },
  );
  return router;
}

/** A few answers are the same for everybody. */
function needsViewer(path: string): boolean {
  return !['/v3', '/v3/', '/v3/meta', '/v3/rate_limit', '/v3/zen'].includes(
    path,
  );
}

/** An error as its status and what the caller may read of it. */
function describe(
  error: Error,
): Pick<ApiError, 'status' | 'message' | 'errors'> {
  if (error instanceof ApiError) {
    return error;
  }
  const { status, type } = error as Error & { status?: number; type?: string };
  if (status !== undefined && status >= 400 && status < 500) {
    return {
      status,
      message:
        type === 'entity.parse.failed'
          ? 'Problems parsing JSON'
          : STATUS_CODES[status] ?? 'Bad Request',
      errors: undefined,
    };
  }
  return { status: 500, message: 'Server Error', errors: undefined };
}
