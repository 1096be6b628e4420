import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { adoptionRoutes } from './adoption';
import { adoptRoutes } from './adoptions';
import { insightRoutes } from './insights';
import { previewRoutes } from './preview';
import { reachRoutes } from './reach';
import { rolloutRoutes } from './rollouts';
import { upgradeRoutes } from './upgrades';

/** All routes, by subject. */
export function createRouter(
  options: Parameters<typeof adoptionRoutes>[0] &
    Parameters<typeof adoptRoutes>[0] &
    Parameters<typeof insightRoutes>[0] &
    Parameters<typeof previewRoutes>[0] &
    Parameters<typeof reachRoutes>[0] &
    Parameters<typeof rolloutRoutes>[0] &
    Parameters<typeof upgradeRoutes>[0],
): Router {
  const router = PromiseRouter();
  router.use(previewRoutes(options));
  router.use(adoptionRoutes(options));
  router.use(adoptRoutes(options));
  router.use(insightRoutes(options));
  router.use(reachRoutes(options));
  router.use(upgradeRoutes(options));
  router.use(rolloutRoutes(options));
  return router;
}
