import { HttpAuthService } from '@backstage/backend-plugin-api';
import { reachRequestSchema } from '@waymark/backstage-plugin-golden-paths-common';
import { parse } from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { readJson } from '../previewBody';
import { Reach } from '../reach/Reach';

/**
 * `POST /reach`: what a pull request of a template would change in the services
 * that the caller may see. Nothing is written anywhere, and no answers are shown.
 */
export function reachRoutes(options: {
  httpAuth: HttpAuthService;
  reach: Reach;
}): Router {
  const { httpAuth, reach } = options;
  const router = PromiseRouter();
  router.use('/reach', readJson);

  router.post('/reach', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const asked = parse(reachRequestSchema, request.body);
    response.json(await reach.of(asked, credentials));
  });

  return router;
}
