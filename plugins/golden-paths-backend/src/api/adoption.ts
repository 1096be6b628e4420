import { HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  driftQuerySchema,
  windowQuerySchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { parse } from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Offers } from './Offers';
import { apiDocument } from './openapi';
import { Paths } from './Paths';
import { Provenance } from './Provenance';

/** What golden paths made: each answers with what the caller may see. */
export function adoptionRoutes(options: {
  httpAuth: HttpAuthService;
  offers: Offers;
  paths: Paths;
  provenance: Provenance;
}): Router {
  const { httpAuth, offers, paths, provenance } = options;
  const router = PromiseRouter();

  router.get('/adoption', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const window = parse(windowQuerySchema, request.query);
    response.json(await paths.adoption(window, credentials));
  });

  router.get('/templates', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const window = parse(windowQuerySchema, request.query);
    response.json(await paths.templates(window, credentials));
  });

  router.get('/drift', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(driftQuerySchema, request.query);
    const { items, ...drift } = await paths.drift(query, credentials);
    response.json({ ...drift, items: await offers.to(items) });
  });

  router.get(
    '/provenance/:kind/:namespace/:name',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const entityRef = stringifyEntityRef(request.params);
      response.json(await provenance.of(entityRef, credentials));
    },
  );

  router.get('/openapi.json', async (request, response) => {
    await httpAuth.credentials(request);
    response.json(apiDocument);
  });

  return router;
}
