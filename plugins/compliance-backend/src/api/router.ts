import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { readJson } from './parse';
import { scoreRoutes } from './scores';

/** All routes, by subject. */
export function createRouter(
  options: Parameters<typeof scoreRoutes>[0],
): Router {
  const router = PromiseRouter();
  router.use(readJson);
  router.use(scoreRoutes(options));
  return router;
}
