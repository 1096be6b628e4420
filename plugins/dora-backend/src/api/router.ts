import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { backfillRoutes } from './backfill';
import { deliveryRoutes } from './deliveries';
import { explainRoutes } from './explain';
import { firstRoutes } from './firsts';
import { metricRoutes } from './metrics';
import { webhookRoutes } from './webhooks';

type OptionsOf<T extends (options: never) => Router> = Parameters<T>[0];

/** All routes, by subject. */
export function createRouter(
  options: OptionsOf<typeof webhookRoutes> &
    OptionsOf<typeof backfillRoutes> &
    OptionsOf<typeof deliveryRoutes> &
    OptionsOf<typeof explainRoutes> &
    OptionsOf<typeof firstRoutes> &
    OptionsOf<typeof metricRoutes>,
): Router {
  const router = PromiseRouter();
  router.use(webhookRoutes(options));
  router.use(deliveryRoutes(options));
  router.use(backfillRoutes(options));
  router.use(explainRoutes(options));
  router.use(firstRoutes(options));
  router.use(metricRoutes(options));
  return router;
}
