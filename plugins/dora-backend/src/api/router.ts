import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { deliveryRoutes } from './deliveries';
import { factRoutes } from './facts';
import { webhookRoutes } from './webhooks';

type OptionsOf<T extends (options: never) => Router> = Parameters<T>[0];

/** All routes, by subject. */
export function createRouter(
  options: OptionsOf<typeof webhookRoutes> &
    OptionsOf<typeof deliveryRoutes> &
    OptionsOf<typeof factRoutes>,
): Router {
  const router = PromiseRouter();
  router.use(webhookRoutes(options));
  router.use(deliveryRoutes(options));
  router.use(factRoutes(options));
  return router;
}
