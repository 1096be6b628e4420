import {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  goldenPathsUpgradePermission,
  upgradeRequestSchema,
  upgradesQuerySchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { parse } from '@waymark/backstage-plugin-insights-node';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { readJson } from '../previewBody';
import { refOf, Upgrades } from '../upgrades/Upgrades';
import { Visibility } from './Visibility';

/**
 * `GET /upgrades`: pull requests that upgrade components the caller may see.
 * `POST /upgrades/preview`: what one would change, of one's own component.
 * `POST /upgrades`: opens it.
 */
export function upgradeRoutes(options: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  upgrades: Upgrades;
  visibility: Visibility;
}): Router {
  const { httpAuth, permissions, upgrades, visibility } = options;
  const router = PromiseRouter();

  router.get('/upgrades', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(upgradesQuerySchema, request.query);
    const sees = await visibility.of(credentials);
    response.json({ items: await upgrades.list(query, sees) });
  });

  const asked = async (request: Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const { entityRef, inputs } = parse(upgradeRequestSchema, request.body);
    const [{ result }] = await permissions.authorize(
      [{ permission: goldenPathsUpgradePermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('You may not ask for upgrades');
    }
    const body = { entityRef: refOf(entityRef), inputs };
    return { body, caller: { credentials, request } };
  };

  router.use('/upgrades', readJson);

  router.post('/upgrades/preview', async (request, response) => {
    const { body, caller } = await asked(request);
    response.json(await upgrades.preview(body, caller));
  });

  router.post('/upgrades', async (request, response) => {
    const { body, caller } = await asked(request);
    response.json(await upgrades.create(body, caller));
  });

  return router;
}
