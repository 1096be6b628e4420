import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Visibility } from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { CohortSummary } from '../history/CohortSummary';

/** `GET /cohorts`: scores by golden path, of components that the caller may see. */
export function cohortRoutes(options: {
  httpAuth: HttpAuthService;
  visibility: Visibility;
  cohorts: CohortSummary;
}): Router {
  const { httpAuth, visibility, cohorts } = options;
  const router = PromiseRouter();

  router.get('/cohorts', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await cohorts.read(await visibility.of(credentials)));
  });

  return router;
}
