import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { campaignRoutes } from './campaigns';
import { cohortRoutes } from './cohorts';
import { companyRoutes } from './company';
import { exemptionRoutes } from './exemptions';
import { fixRoutes } from './fixes';
import { healthRoutes } from './health';
import { apiDocument } from './openapi';
import { readJson } from './parse';
import { ruleRoutes } from './rules';
import { scoreRoutes } from './scores';

type OptionsOf<T extends (options: never) => Router> = Parameters<T>[0];

/** All routes, by subject. */
export function createRouter(
  options: OptionsOf<typeof scoreRoutes> &
    OptionsOf<typeof cohortRoutes> &
    OptionsOf<typeof companyRoutes> &
    OptionsOf<typeof campaignRoutes> &
    OptionsOf<typeof ruleRoutes> &
    OptionsOf<typeof exemptionRoutes> &
    OptionsOf<typeof fixRoutes> &
    OptionsOf<typeof healthRoutes>,
): Router {
  const router = PromiseRouter();
  router.use(readJson);
  router.use(scoreRoutes(options));
  router.use(cohortRoutes(options));
  router.use(companyRoutes(options));
  // Before the rules: `promoted` is the id of none.
  router.use(campaignRoutes(options));
  router.use(ruleRoutes(options));
  router.use(exemptionRoutes(options));
  router.use(fixRoutes(options));
  router.use(healthRoutes(options));
  router.get('/openapi.json', async (request, response) => {
    await options.httpAuth.credentials(request);
    response.json(apiDocument);
  });
  return router;
}
