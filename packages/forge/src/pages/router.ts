import express, { NextFunction, Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Context } from '../context';
import { ApiError, notFound } from '../errors';
import { HookSender } from '../rest/hooks';
import { assetRoutes } from './assets';
import { codeRoutes } from './code-pages';
import { commitRoutes } from './commit-pages';
import { editRoutes } from './edit-pages';
import { homeRoutes } from './home';
import { hookRoutes } from './hook-pages';
import { html } from './html';
import { issueRoutes } from './issue-pages';
import { pullRoutes } from './pull-pages';
import { rawRoutes } from './raw';
import { send } from './support';
import { workRoutes } from './work-pages';

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
const FORM_LIMIT = '4mb';

const TITLES: Record<number, string> = {
  401: 'A token is needed',
  403: 'Not allowed',
  404: 'Not found',
};

/** Everything for people. */
export function pagesRouter(context: Context, hooks: HookSender): Router {
  const router = PromiseRouter();
  router.use((req, res, next) => {
    res.setHeader('Content-Security-Policy', POLICY);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('X-Frame-Options', 'DENY');
    res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    // Not "no-referrer": the Origin of a form would be null.
    res.setHeader('Referrer-Policy', 'same-origin');
    res.locals.viewer = context.access.viewer(req);
    next();
  });
  router.use(express.urlencoded({ extended: false, limit: FORM_LIMIT }));
  router.use(assetRoutes());
  router.use(homeRoutes(context));
  router.use(hookRoutes(context, hooks));
  router.use(rawRoutes(context));
  router.use(codeRoutes(context));
  router.use(commitRoutes(context));
  router.use(issueRoutes(context));
  router.use(pullRoutes(context));
  router.use(workRoutes(context));
  router.use(editRoutes(context));
  router.use(() => {
    throw notFound('There is no such page.');
  });
  router.use(
    (error: Error, req: Request, res: Response, next: NextFunction) => {
      if (res.headersSent) {
        next(error);
        return;
      }
      const { status = 500 } = error as { status?: number };
      const expected = error instanceof ApiError || status < 500;
      if (!expected) {
        context.options.logger.error(
          `${req.method} ${req.path} failed: ${error.stack ?? error.message}`,
        );
      }
      if (status === 401) {
        res.setHeader('WWW-Authenticate', 'Basic realm="Forge"');
      }
      send(
        context,
        res,
        {
          title: `Error ${status}`,
          body: html`<h1>${TITLES[status] ?? 'This did not work'}</h1>
            <p>
              ${error instanceof ApiError
                ? error.message
                : 'The forge could not answer this.'}
            </p>
            <p><a href="/">All organisations</a></p>`,
        },
        status,
      );
    },
  );
  return router;
}
