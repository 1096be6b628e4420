import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { adoptionRoutes } from './adoption';
import { previewRoutes } from './preview';

/** All routes, by subject. */
export function createRouter(
  options: Parameters<typeof adoptionRoutes>[0] &
    Parameters<typeof previewRoutes>[0],
): Router {
  const router = PromiseRouter();
  router.use(previewRoutes(options));
  router.use(adoptionRoutes(options));
  return router;
}
