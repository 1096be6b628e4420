import {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  adoptionPreviewRequestSchema,
  adoptionRequestSchema,
  adoptionsQuerySchema,
  goldenPathsUpgradePermission,
} from '@waymark/backstage-plugin-golden-paths-common';
import { parse } from '@waymark/backstage-plugin-insights-node';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Adoptions } from '../adoptions/Adoptions';
import { readJson } from '../previewBody';
import { refOf } from '../upgrades/Upgrades';
import { Visibility } from './Visibility';

/**
 * `GET /adoptions`: pull requests that put components on a golden path.
 * `POST /adoptions/preview`: which one a component of one's own looks like, or what
 * a choice would write.
 * `POST /adoptions`: opens the pull request.
 */
export function adoptRoutes(options: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  adoptions: Adoptions;
  visibility: Visibility;
}): Router {
  const { httpAuth, permissions, adoptions, visibility } = options;
  const router = PromiseRouter();

  router.get('/adoptions', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(adoptionsQuerySchema, request.query);
    const sees = await visibility.of(credentials);
    response.json({ items: await adoptions.list(query, sees) });
  });

  const callerOf = async (request: Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const [{ result }] = await permissions.authorize(
      [{ permission: goldenPathsUpgradePermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('You may not put components on golden paths');
    }
    return { credentials, request };
  };

  router.use('/adoptions', readJson);

  router.post('/adoptions/preview', async (request, response) => {
    const caller = await callerOf(request);
    const { entityRef, chosen } = parse(
      adoptionPreviewRequestSchema,
      request.body,
    );
    const asked = { entityRef: refOf(entityRef), chosen };
    response.json(await adoptions.preview(asked, caller));
  });

  router.post('/adoptions', async (request, response) => {
    const caller = await callerOf(request);
    const asked = parse(adoptionRequestSchema, request.body);
    const refs = {
      entityRef: refOf(asked.entityRef),
      templateRef: refOf(asked.templateRef),
    };
    response.json(await adoptions.create({ ...asked, ...refs }, caller));
  });

  return router;
}
