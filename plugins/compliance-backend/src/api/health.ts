import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Health } from '@waymark/backstage-plugin-compliance-common';
import { NotAllowedError } from '@backstage/errors';
import { Visibility } from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { CollectorHealth } from '../facts/CollectorHealth';

/** `GET /health`: whether facts are collected and rules answer. */
export function healthRoutes(options: {
  httpAuth: HttpAuthService;
  visibility: Visibility;
  health: CollectorHealth;
  state: Pick<Health, 'revision' | 'engine'>;
}): Router {
  const { httpAuth, visibility, health, state } = options;
  const router = PromiseRouter();

  router.get('/health', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    // Reasons name repositories, and numbers are of all components.
    if ((await visibility.of(credentials)) !== 'all') {
      throw new NotAllowedError('You may not see the health of collectors');
    }
    const answer: Health = { ...state, ...(await health.read()) };
    response.json(answer);
  });

  return router;
}
