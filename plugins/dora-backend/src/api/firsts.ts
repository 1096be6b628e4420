import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  firstsRequestSchema,
  newcomersQuerySchema,
} from '@waymark/backstage-plugin-dora-common';
import { parse, Visibility } from '@waymark/backstage-plugin-insights-node';
import { json, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Firsts } from '../read-models/Firsts';

/**
 * `POST /firsts`: the first change and deployment of components that were made.
 * `GET /newcomers`: how soon people who are new have merged ten pull requests.
 * Both of the components that the caller may see.
 */
export function firstRoutes(options: {
  httpAuth: HttpAuthService;
  firsts: Firsts;
  visibility: Visibility;
}): Router {
  const { httpAuth, firsts, visibility } = options;
  const router = PromiseRouter();

  router.post('/firsts', json({ limit: '1mb' }), async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const asked = parse(firstsRequestSchema, request.body);
    const visible = await visibility.of(credentials);
    response.json(await firsts.ofComponents(asked, visible));
  });

  router.get('/newcomers', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(newcomersQuerySchema, request.query);
    const visible = await visibility.of(credentials);
    response.json(await firsts.ofPeople(query, visible));
  });

  return router;
}
