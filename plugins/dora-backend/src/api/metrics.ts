import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  changesQuerySchema,
  cohortsQuerySchema,
  deploymentsQuerySchema,
  incidentsQuerySchema,
  metricsQuerySchema,
} from '@waymark/backstage-plugin-dora-common';
import { parse, Visibility } from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AttributeStore } from '../components/AttributeStore';
import { ChangeList } from '../read-models/ChangeList';
import { DeliveryMetrics } from '../read-models/DeliveryMetrics';
import { DeploymentList } from '../read-models/DeploymentList';
import { IncidentList } from '../read-models/IncidentList';
import { apiDocument } from './openapi';
import { Scopes } from './Scopes';

/**
 * What is asked of a company, a team, a system, a cohort or a component; each counts
 * the components that the caller may see.
 */
export function metricRoutes(options: {
  httpAuth: HttpAuthService;
  attributes: AttributeStore;
  visibility: Visibility;
  metrics: DeliveryMetrics;
  lists: {
    deployments: DeploymentList;
    changes: ChangeList;
    incidents: IncidentList;
  };
}): Router {
  const { httpAuth, attributes, visibility, metrics, lists } = options;
  const scopes = new Scopes(attributes, visibility);
  const router = PromiseRouter();

  router.get('/metrics', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(metricsQuerySchema, request.query);
    const meant = await scopes.of(query, credentials);
    const { from, to, timeZone, interval, bots } = query;
    const window = { from, to, timeZone, interval };
    response.json(await metrics.of(meant, window, bots));
  });

  router.get('/cohorts', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(cohortsQuerySchema, request.query);
    const visible = await visibility.of(credentials);
    const components = await attributes.withAges(visible);
    response.json(await metrics.cohorts(components, query));
  });

  router.get('/deployments', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(deploymentsQuerySchema, request.query);
    const { refs } = await scopes.of(query, credentials);
    const page = { ...query, refs };
    response.json(await lists.deployments.page(page, query.counted));
  });

  router.get('/changes', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(changesQuerySchema, request.query);
    const { refs } = await scopes.of(query, credentials);
    const { counted, bots } = query;
    response.json(await lists.changes.page({ ...query, refs }, counted, bots));
  });

  router.get('/incidents', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(incidentsQuerySchema, request.query);
    const { refs } = await scopes.of(query, credentials);
    response.json(
      await lists.incidents.page({ ...query, refs }, query.counted),
    );
  });

  router.get('/openapi.json', async (request, response) => {
    await httpAuth.credentials(request);
    response.json(apiDocument);
  });

  return router;
}
