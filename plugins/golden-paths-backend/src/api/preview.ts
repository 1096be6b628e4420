import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parsePreviewBody, readJson } from '../previewBody';
import { Previewer } from '../Previewer';

/**
 * `POST /preview` with `{templateRef, values}`: the files that the template
 * would make of these values, or which values its form does not take. The
 * caller must be a user, who sees what that user may see.
 */
export function previewRoutes(options: {
  httpAuth: HttpAuthService;
  previewer: Previewer;
}): Router {
  const { httpAuth, previewer } = options;
  const router = PromiseRouter();
  router.use('/preview', readJson);

  router.post('/preview', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const body = parsePreviewBody(request.body);
    response.json(await previewer.preview(body, credentials));
  });

  return router;
}
