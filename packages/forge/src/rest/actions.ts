import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Context } from '../context';
import { changeOf } from './support';
import { addVaultRoutes } from './vault';

/** Variables and secrets of a repository. */
export function actionsRoutes(context: Context): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo/actions';
  addVaultRoutes(
    router,
    context,
    { variables: [`${base}/variables`], secrets: [`${base}/secrets`] },
    {
      read: (req, res) => changeOf(context, req, res, 'push').repository,
      update: async (req, res, change) => {
        const { repository } = changeOf(context, req, res, 'push');
        await context.store.updateRepository(repository.id, change);
      },
    },
  );
  return router;
}
