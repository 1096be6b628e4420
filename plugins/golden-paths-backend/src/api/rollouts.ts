import {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  goldenPathsUpgradePermission,
  rolloutManagePermission,
  rolloutRequestSchema,
  rolloutRetrySchema,
  snoozedQuerySchema,
  snoozeRequestSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { parse } from '@waymark/backstage-plugin-insights-node';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { readJson } from '../previewBody';
import { Deed, Rollouts } from '../rollouts/Rollouts';
import { Snoozes } from '../snoozes/Snoozes';
import { refOf } from '../upgrades/Upgrades';
import { Visibility } from './Visibility';

const idSchema = z.uuid('There is no such rollout');
const nothing = z.object({}).strict();

/**
 * `GET /rollouts` and `GET /rollouts/:id`: how far they are, of components that the
 * caller may see. `POST /rollouts` and `…/go-on`, `…/pause`, `…/stop`, `…/retry`: for
 * the platform team. `POST` and `DELETE /snoozes`: for owners.
 */
export function rolloutRoutes(options: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  rollouts: Rollouts;
  snoozes: Snoozes;
  visibility: Visibility;
}): Router {
  const { httpAuth, permissions, rollouts, snoozes, visibility } = options;
  const router = PromiseRouter();

  const permitted = async (
    request: Request,
    permission: BasicPermission,
    deed: string,
  ) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const [{ result }] = await permissions.authorize([{ permission }], {
      credentials,
    });
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`You may not ${deed}`);
    }
    return { credentials, request };
  };
  const manager = (request: Request) =>
    permitted(request, rolloutManagePermission, 'roll out new versions');
  const snoozer = (request: Request) =>
    permitted(request, goldenPathsUpgradePermission, 'put off upgrades');

  router.get('/rollouts', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    parse(nothing, request.query);
    const sees = await visibility.of(credentials);
    response.json({ items: await rollouts.list(sees) });
  });

  router.get('/rollouts/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = parse(idSchema, request.params.id);
    const sees = await visibility.of(credentials);
    response.json(await rollouts.page(id, sees));
  });

  router.use(['/rollouts', '/snoozes'], readJson);

  router.post('/rollouts', async (request, response) => {
    const caller = await manager(request);
    const body = parse(rolloutRequestSchema, request.body);
    const id = await rollouts.create(body, caller);
    const sees = await visibility.of(caller.credentials);
    response.status(201).json(await rollouts.page(id, sees));
  });

  const deeds: Record<Deed['deed'], (body: unknown) => Deed> = {
    'go-on': body => ({ deed: 'go-on', ...parse(nothing, body) }),
    pause: body => ({ deed: 'pause', ...parse(nothing, body) }),
    stop: body => ({ deed: 'stop', ...parse(nothing, body) }),
    retry: body => ({ deed: 'retry', ...parse(rolloutRetrySchema, body) }),
  };
  for (const [deed, read] of Object.entries(deeds)) {
    router.post(`/rollouts/:id/${deed}`, async (request, response) => {
      const caller = await manager(request);
      const id = parse(idSchema, request.params.id);
      await rollouts.move(id, read(request.body ?? {}), caller);
      const sees = await visibility.of(caller.credentials);
      response.json(await rollouts.page(id, sees));
    });
  }

  router.post('/snoozes', async (request, response) => {
    const caller = await snoozer(request);
    const body = parse(snoozeRequestSchema, request.body);
    const entityRef = refOf(body.entityRef);
    response.json(await snoozes.set({ ...body, entityRef }, caller));
  });

  router.delete('/snoozes', async (request, response) => {
    const caller = await snoozer(request);
    const { entityRef } = parse(snoozedQuerySchema, request.query);
    await snoozes.end(refOf(entityRef), caller);
    response.status(204).end();
  });

  return router;
}
