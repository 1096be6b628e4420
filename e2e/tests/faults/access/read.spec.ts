import { test } from '@playwright/test';
import {
  checkAccess,
  everyone,
  NO_UUID,
  Row,
  signIn,
} from '../../../support/faults/accessMatrix';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'x' },
  spec: { type: 'service', lifecycle: 'production', owner: 'checkout' },
};

const READ: Row[] = [
  everyone(200, 'GET /api/catalog/entities?limit=1'),
  everyone(200, 'GET /api/catalog/entities/by-query?limit=1'),
  everyone(200, 'GET /api/catalog/entity-facets?facet=kind'),
  everyone(
    200,
    'GET /api/catalog/entities/by-name/component/default/pricing-service',
  ),
  everyone(
    200,
    'GET /api/catalog/entities/by-name/component/default/pricing-service/ancestry',
  ),
  everyone(200, 'POST /api/catalog/entities/by-refs', { entityRefs: [] }),
  everyone(200, 'POST /api/catalog/validate-entity', {
    entity,
    location: 'url:https://example.com/x',
  }),
  everyone(200, 'GET /api/catalog/locations'),
  everyone(404, 'GET /api/catalog/unknown'),
  everyone(200, 'GET /api/scaffolder/v2/actions'),
  everyone(200, 'GET /api/scaffolder/v2/templating-extensions'),
  everyone(
    200,
    'GET /api/scaffolder/v2/templates/default/template/node-api/parameter-schema',
  ),
  everyone(200, 'GET /api/search/query?term=pricing'),
  everyone(
    200,
    'GET /api/techdocs/metadata/entity/default/component/pricing-service',
  ),
  everyone(
    404,
    'GET /api/techdocs/static/docs/default/component/no-such-thing/index.html',
  ),
  everyone(404, 'GET /api/techdocs/sync/default/component/no-such-thing'),
  everyone(200, 'GET /api/kubernetes/clusters'),
  everyone(200, 'POST /api/kubernetes/resources/workloads/query', {
    entityRef: 'component:default/pricing-service',
    auth: {},
  }),
  ...['metrics', 'deployments', 'changes', 'incidents'].map(what =>
    everyone(200, `GET /api/dora/${what}?from=2026-01-01&to=2026-02-01`),
  ),
  ...[
    'adoption?from=2026-01-01&to=2026-02-01',
    'templates',
    'drift',
    'upgrades',
    'adoptions',
    'funnel',
    'outcomes',
    'templates/default/node-api',
    'teams.csv',
    'months.csv',
    'templates.csv',
    'drift.csv',
    'creations.csv',
    'provenance/component/default/pricing-service',
    'openapi.json',
  ].map(what => everyone(200, `GET /api/golden-paths/${what}`)),
  everyone(404, 'GET /api/golden-paths/provenance/component/default/no-such'),
  everyone(200, 'GET /api/golden-paths/rollouts'),
  everyone(404, `GET /api/golden-paths/rollouts/${NO_UUID}`),
  everyone(200, 'GET /api/dora/cohorts?by=owner&from=2026-01-01&to=2026-02-01'),
  everyone(404, 'GET /api/golden-paths/templates/default/no-such'),
  // What a pull request would reach is asked, and written nowhere.
  everyone(404, 'POST /api/golden-paths/reach', {
    templateRef: 'template:default/node-api',
    pullRequest: 999_999,
  }),
  everyone(200, 'GET /api/dora/newcomers?from=2026-01-01&to=2026-02-01'),
  everyone(200, 'POST /api/dora/firsts', { items: [] }),
  everyone(200, 'GET /api/dora/openapi.json'),
  // What came in is for those who look after it.
  ['GET /api/dora/deliveries', 401, 403, 403, 200],
  ['GET /api/dora/backfill', 401, 403, 403, 200],
  everyone(
    200,
    'GET /api/dora/explain?entityRef=component:default/pricing-service',
  ),
  everyone(
    404,
    'GET /api/dora/explain?entityRef=component:default/no-such-thing',
  ),
  everyone(200, 'GET /api/dora/.backstage/actions/v1/actions'),
  everyone(
    200,
    'POST /api/dora/.backstage/actions/v1/actions/dora:read-metrics/invoke',
    { entityRef: 'component:default/pricing-service' },
  ),
  everyone(200, 'GET /api/compliance/scores'),
  everyone(200, 'GET /api/compliance/scores/component/default/pricing-service'),
  everyone(404, 'GET /api/compliance/scores/component/default/no-such-thing'),
  everyone(200, 'GET /api/compliance/summary?by=owner'),
  everyone(200, 'GET /api/compliance/cohorts'),
  everyone(200, 'GET /api/compliance/history'),
  everyone(200, 'GET /api/compliance/rules'),
  everyone(200, 'GET /api/compliance/rules/runbook'),
  everyone(200, 'GET /api/compliance/health'),
  everyone(200, 'GET /api/compliance/exemptions'),
  everyone(200, 'GET /api/compliance/exemptions/export'),
  everyone(200, 'GET /api/compliance/fixes'),
  everyone(200, 'GET /api/compliance/campaigns'),
  everyone(404, `GET /api/compliance/campaigns/${NO_UUID}`),
  everyone(404, `GET /api/compliance/campaigns/${NO_UUID}/components`),
  everyone(200, 'GET /api/compliance/rules/promoted'),
  everyone(200, 'GET /api/compliance/.backstage/actions/v1/actions'),
  everyone(404, 'GET /api/compliance/unknown'),
  everyone(
    202,
    'POST /api/compliance/scores/component/default/pricing-service/refresh',
  ),
  everyone(200, 'GET /api/notifications/notifications'),
  everyone(200, 'GET /api/notifications/status'),
  everyone(200, 'POST /api/permission/authorize', { items: [] }),
  everyone(200, 'GET /api/auth/v1/userinfo'),
];

test('everyone who signed in reads, nobody else does', async () =>
  checkAccess(await signIn(), READ));
