import { HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  driftCsvQuerySchema,
  visitSchema,
  windowQuerySchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { parse } from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import {
  CREATION_COLUMNS,
  DRIFT_COLUMNS,
  MONTH_COLUMNS,
  TEAM_COLUMNS,
  TEMPLATE_COLUMNS,
} from '../insights/columns';
import { sendCsv } from '../insights/csv';
import { Insights } from '../insights/startInsights';
import { readJson } from '../previewBody';
import { Paths } from './Paths';

/** How far creations came, what came of them, one template, and all as tables. */
export function insightRoutes(options: {
  httpAuth: HttpAuthService;
  insights: Insights;
  paths: Paths;
}): Router {
  const { httpAuth, insights, paths } = options;
  const router = PromiseRouter();

  router.use('/visits', readJson);
  router.post('/visits', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const visit = parse(visitSchema, request.body);
    await insights.visits.record(visit, credentials);
    response.status(204).end();
  });

  router.get('/funnel', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const window = parse(windowQuerySchema, request.query);
    response.json(await insights.funnel.of(window, credentials));
  });

  router.get('/outcomes', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const window = parse(windowQuerySchema, request.query);
    response.json(await insights.outcomes.of(window, credentials));
  });

  router.get('/templates/:namespace/:name', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const window = parse(windowQuerySchema, request.query);
    const ref = stringifyEntityRef({ kind: 'template', ...request.params });
    response.json(await insights.templatePages.of(ref, window, credentials));
  });

  router.get('/teams.csv', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const window = parse(windowQuerySchema, request.query);
    const { byTeam } = await paths.adoption(window, credentials);
    await sendCsv(response, 'adoption-by-team', TEAM_COLUMNS, byTeam);
  });

  router.get('/months.csv', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const window = parse(windowQuerySchema, request.query);
    const { byMonth } = await paths.adoption(window, credentials);
    await sendCsv(response, 'adoption-by-month', MONTH_COLUMNS, byMonth);
  });

  router.get('/templates.csv', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const window = parse(windowQuerySchema, request.query);
    const { items } = await paths.templates(window, credentials);
    await sendCsv(response, 'golden-paths', TEMPLATE_COLUMNS, items);
  });

  router.get('/drift.csv', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(driftCsvQuerySchema, request.query);
    const all = { ...query, offset: 0, limit: Infinity };
    const { items } = await paths.drift(all, credentials);
    await sendCsv(response, 'drift', DRIFT_COLUMNS, items);
  });

  router.get('/creations.csv', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const window = parse(windowQuerySchema, request.query);
    const runs = await paths.creations(window, credentials);
    await sendCsv(response, 'creations', CREATION_COLUMNS, runs);
  });

  return router;
}
