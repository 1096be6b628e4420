import { NextFunction, Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Account } from '../accounts';
import { includes } from '../auth';
import { Context } from '../context';
import { ApiError } from '../errors';
import { closeEntry, openEntry } from '../services/journal';
import { updateEnv } from '../services/protection';
import { RepositoryRecord } from '../store/records';
import { GitService, serveGit } from './http';

const SERVICES = new Set<string>(['git-upload-pack', 'git-receive-pack']);

/** `/:owner/:repo.git/…`, the smart protocol and nothing else of it. */
export function gitRouter(
  context: Context,
  running: Set<Promise<void>>,
): Router {
  const router = PromiseRouter();

  const serve = async (
    req: Request,
    res: Response,
    service: GitService,
    advertise: boolean,
  ) => {
    const { repository, actor } = allow(context, req, service);
    const push = service === 'git-receive-pack' && !advertise && actor;
    const entry = push ? openEntry(context, repository.id, actor) : undefined;
    await serveGit(
      req,
      res,
      {
        gitDir: context.store.gitDir(repository.id),
        service,
        advertise,
        ...(actor ? { actor: actor.login } : {}),
        ...(push && entry
          ? {
              env: {
                FORGE_HOOKS: context.hooksDir,
                ...updateEnv(context, repository, actor),
                ...entry.env,
              },
            }
          : {}),
      },
      running,
      context.options.logger,
      async () => {
        if (entry) {
          await closeEntry(context, entry.id);
        }
      },
    );
  };

  router.get('/:owner/:repo/info/refs', async (req, res, next) => {
    const { service } = req.query;
    if (typeof service !== 'string') {
      res
        .status(403)
        .type('text/plain')
        .send('This forge speaks the smart HTTP protocol only.\n');
    } else if (SERVICES.has(service)) {
      await serve(req, res, service as GitService, true);
    } else {
      next();
    }
  });
  router.post(
    '/:owner/:repo/:service(git-upload-pack|git-receive-pack)',
    (req, res) => serve(req, res, req.params.service as GitService, false),
  );
  router.use(
    (error: Error, _req: Request, res: Response, next: NextFunction) => {
      if (!(error instanceof ApiError) || res.headersSent) {
        next(error);
        return;
      }
      if (error.status === 401) {
        res.setHeader('WWW-Authenticate', 'Basic realm="Forge"');
      }
      res.status(error.status).type('text/plain').send(`${error.message}\n`);
    },
  );
  return router;
}

/** @throws ApiError 401, 403 or 404 unless the caller may do this. */
function allow(
  context: Context,
  req: Request,
  service: GitService,
): { repository: RepositoryRecord; actor: Account | undefined } {
  const { access } = context;
  const viewer = access.viewer(req);
  const name = req.params.repo.replace(/\.git$/, '');
  const repository = access.readable(viewer, req.params.owner, name);
  const push = service === 'git-receive-pack';
  if (!viewer && (push || !repository)) {
    // git asks without credentials first and sends them when told to.
    throw new ApiError(401, 'Authentication required.');
  }
  if (!repository) {
    throw new ApiError(404, 'Repository not found.');
  }
  if (push && !includes(access.permission(viewer, repository), 'push')) {
    throw new ApiError(403, 'Permission to push denied.');
  }
  if (push && repository.archived) {
    throw new ApiError(403, 'This repository was archived so it is read-only.');
  }
  return { repository, actor: viewer };
}
