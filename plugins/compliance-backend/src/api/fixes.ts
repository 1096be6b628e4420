import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  fixCreatePermission,
  fixRequestSchema,
  FIX_STATES,
} from '@waymark/backstage-plugin-compliance-common';
import {
  parse,
  refSchema,
  Visibility,
} from '@waymark/backstage-plugin-insights-node';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Fixes } from '../fixes/Fixes';

export const fixesQuerySchema = z
  .object({
    entityRef: refSchema.optional(),
    state: z.enum(FIX_STATES).default('open'),
  })
  .strict();
const requestSchema = fixRequestSchema.extend({ entityRef: refSchema });

/**
 * `GET /fixes?entityRef=&state=`: pull requests of components the caller may see.
 * `POST /fixes/preview`: what one would change, for one's own component.
 * `POST /fixes`: opens it.
 */
export function fixRoutes(options: {
  httpAuth: HttpAuthService;
  visibility: Visibility;
  fixPullRequests: Fixes;
}): Router {
  const { httpAuth, visibility, fixPullRequests: fixes } = options;
  const router = PromiseRouter();

  router.get('/fixes', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const filter = parse(fixesQuerySchema, request.query);
    const visible = await visibility.of(credentials);
    if (filter.entityRef) await visibility.see(filter.entityRef, credentials);
    response.json({ items: await fixes.list(filter, visible) });
  });

  const asked = async (request: Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const body = parse(requestSchema, request.body);
    await visibility.require(
      fixCreatePermission,
      credentials,
      'ask for pull requests',
    );
    await visibility.see(body.entityRef, credentials);
    return { body, caller: { credentials, request } };
  };

  router.post('/fixes/preview', async (request, response) => {
    const { body, caller } = await asked(request);
    response.json(await fixes.preview(body, caller));
  });

  router.post('/fixes', async (request, response) => {
    const { body, caller } = await asked(request);
    response.status(201).json(await fixes.create(body, caller));
  });

  return router;
}
