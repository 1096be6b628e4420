import { HttpAuthService } from '@backstage/backend-plugin-api';
import { explainQuerySchema } from '@waymark/backstage-plugin-dora-common';
import { parse, Visibility } from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Explainer } from '../explain/Explainer';
import { readRef } from './Scopes';

/**
 * `GET /explain?entityRef=&kind=&outcome=&limit=&cursor=`: which events of a component
 * were counted, which were not, and why; for those who may read its metrics.
 */
export function explainRoutes(options: {
  httpAuth: HttpAuthService;
  visibility: Visibility;
  explainer: Explainer;
}): Router {
  const { httpAuth, visibility, explainer } = options;
  const router = PromiseRouter();

  router.get('/explain', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(explainQuerySchema, request.query);
    const entityRef = readRef(query, 'entityRef')!;
    await visibility.see(entityRef, credentials);
    response.json(await explainer.of(entityRef, query));
  });

  return router;
}
