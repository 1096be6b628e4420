import { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { previewRequestSchema } from '@waymark/backstage-plugin-golden-paths-common';
import { json, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Previewer } from './Previewer';

/**
 * `POST /preview` with `{templateRef, values}`: the files that the template
 * would make of these values, or which values its form does not take. The
 * caller must be a user, who sees what that user may see.
 */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  previewer: Previewer;
}): Router {
  const { httpAuth, previewer } = options;
  const router = PromiseRouter();
  router.use(json({ limit: '100kb' }));

  router.post('/preview', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const body = previewRequestSchema.safeParse(request.body);
    if (!body.success) {
      const [issue] = body.error.issues;
      throw new InputError(
        `${issue.path.join('.') || 'The body'}: ${issue.message}`,
      );
    }
    response.json(await previewer.preview(body.data, credentials));
  });

  return router;
}
