import express, { Express, NextFunction, Request, Response } from 'express';
import { Context } from './context';
import { gitRouter } from './git/routes';
import { pagesRouter } from './pages/router';
import { HookSender } from './rest/hooks';
import { apiRouter } from './rest/router';

/**
 * A page of another site can make a browser ask for any name that resolves to
 * this machine, so only our own names are answered.
 */
export function hostCheck(publicUrl: string) {
  const allowed = new Set([
    'localhost',
    '127.0.0.1',
    '[::1]',
    new URL(publicUrl).hostname,
  ]);
  return (req: Request, res: Response, next: NextFunction) => {
    const host = (req.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
    if (allowed.has(host)) {
      next();
    } else {
      res
        .status(421)
        .type('text/plain')
        .send('This forge does not answer to that host name.\n');
    }
  };
}

/** Everything the forge serves. */
export function createApp(
  context: Context,
  hooks: HookSender,
  running: Set<Promise<void>>,
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.use(hostCheck(context.urls.base));
  app.use('/api', apiRouter(context, hooks));
  app.use(gitRouter(context, running));
  app.use(pagesRouter(context, hooks));
  return app;
}
