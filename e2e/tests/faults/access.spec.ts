import { request } from 'node:http';
import { expect, test } from '@playwright/test';
import {
  checkAccess,
  People,
  Row,
  signIn,
} from '../../support/faults/accessMatrix';
import { shared } from '../../support/faults/place';

const NO_UUID = '00000000-0000-0000-0000-000000000000';
const ANSWERS = {
  name: 'never-made',
  description: 'Only looked at',
  owner: 'group:default/checkout',
};
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'x' },
  spec: { type: 'service', lifecycle: 'production', owner: 'checkout' },
};
/** Its last day is over, so that nothing is made. */
const campaign = {
  title: 'Never made',
  rules: ['runbook'],
  scope: { owners: [], systems: [], lifecycles: [] },
  deadline: '2020-01-01',
};
const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'x' },
  spec: {
    type: 'service',
    steps: [{ id: 'a', name: 'A', action: 'debug:log', input: {} }],
  },
};

const READ: Row[] = [
  ['GET /api/catalog/entities?limit=1', 401, 200, 200, 200],
  ['GET /api/catalog/entities/by-query?limit=1', 401, 200, 200, 200],
  ['GET /api/catalog/entity-facets?facet=kind', 401, 200, 200, 200],
  [
    'GET /api/catalog/entities/by-name/component/default/pricing-service',
    401,
    200,
    200,
    200,
  ],
  [
    'GET /api/catalog/entities/by-name/component/default/pricing-service/ancestry',
    401,
    200,
    200,
    200,
  ],
  [
    'POST /api/catalog/entities/by-refs',
    401,
    200,
    200,
    200,
    { entityRefs: [] },
  ],
  [
    'POST /api/catalog/validate-entity',
    401,
    200,
    200,
    200,
    { entity, location: 'url:https://example.com/x' },
  ],
  ['GET /api/catalog/locations', 401, 200, 200, 200],
  ['GET /api/catalog/unknown', 401, 404, 404, 404],
  ['GET /api/scaffolder/v2/actions', 401, 200, 200, 200],
  ['GET /api/scaffolder/v2/templating-extensions', 401, 200, 200, 200],
  [
    'GET /api/scaffolder/v2/templates/default/template/node-api/parameter-schema',
    401,
    200,
    200,
    200,
  ],
  ['GET /api/search/query?term=pricing', 401, 200, 200, 200],
  [
    'GET /api/techdocs/metadata/entity/default/component/pricing-service',
    401,
    200,
    200,
    200,
  ],
  [
    'GET /api/techdocs/static/docs/default/component/no-such-thing/index.html',
    401,
    404,
    404,
    404,
  ],
  [
    'GET /api/techdocs/sync/default/component/no-such-thing',
    401,
    404,
    404,
    404,
  ],
  ['GET /api/kubernetes/clusters', 401, 200, 200, 200],
  [
    'POST /api/kubernetes/resources/workloads/query',
    401,
    200,
    200,
    200,
    { entityRef: 'component:default/pricing-service', auth: {} },
  ],
  [
    'GET /api/dora/explain?entityRef=component:default/pricing-service',
    401,
    200,
    200,
    200,
  ],
  [
    'GET /api/dora/explain?entityRef=component:default/no-such-thing',
    401,
    404,
    404,
    404,
  ],
  ['GET /api/dora/.backstage/actions/v1/actions', 401, 200, 200, 200],
  [
    'POST /api/dora/.backstage/actions/v1/actions/dora:read-metrics/invoke',
    401,
    200,
    200,
    200,
    { entityRef: 'component:default/pricing-service' },
  ],
  ['GET /api/compliance/scores', 401, 200, 200, 200],
  [
    'GET /api/compliance/scores/component/default/pricing-service',
    401,
    200,
    200,
    200,
  ],
  [
    'GET /api/compliance/scores/component/default/no-such-thing',
    401,
    404,
    404,
    404,
  ],
  ['GET /api/compliance/summary?by=owner', 401, 200, 200, 200],
  ['GET /api/compliance/history', 401, 200, 200, 200],
  ['GET /api/compliance/rules', 401, 200, 200, 200],
  ['GET /api/compliance/rules/runbook', 401, 200, 200, 200],
  ['GET /api/compliance/health', 401, 200, 200, 200],
  ['GET /api/compliance/exemptions', 401, 200, 200, 200],
  ['GET /api/compliance/exemptions/export', 401, 200, 200, 200],
  ['GET /api/compliance/fixes', 401, 200, 200, 200],
  ['GET /api/compliance/campaigns', 401, 200, 200, 200],
  [`GET /api/compliance/campaigns/${NO_UUID}`, 401, 404, 404, 404],
  [`GET /api/compliance/campaigns/${NO_UUID}/components`, 401, 404, 404, 404],
  ['GET /api/compliance/rules/promoted', 401, 200, 200, 200],
  ['GET /api/compliance/.backstage/actions/v1/actions', 401, 200, 200, 200],
  ['GET /api/compliance/unknown', 401, 404, 404, 404],
  ['GET /api/dora/backfill', 401, 403, 403, 200],
  [
    'POST /api/compliance/scores/component/default/pricing-service/refresh',
    401,
    202,
    202,
    202,
  ],
  ['GET /api/notifications/notifications', 401, 200, 200, 200],
  ['GET /api/notifications/status', 401, 200, 200, 200],
  ['POST /api/permission/authorize', 401, 200, 200, 200, { items: [] }],
  ['GET /api/auth/v1/userinfo', 401, 200, 200, 200],
];

const CHANGE: Row[] = [
  [
    'POST /api/catalog/refresh',
    401,
    200,
    403,
    200,
    { entityRef: 'component:default/pricing-service' },
  ],
  [
    'POST /api/catalog/refresh',
    401,
    403,
    200,
    200,
    { entityRef: 'component:default/courier-app' },
  ],
  [
    'POST /api/catalog/locations?dryRun=true',
    401,
    201,
    201,
    201,
    {
      type: 'url',
      target: `${shared.forgeUrl}/tidewater/pricing-service/blob/main/catalog-info.yaml`,
    },
  ],
  [`DELETE /api/catalog/locations/${NO_UUID}`, 401, 403, 403, 404],
  [`DELETE /api/catalog/entities/by-uid/${NO_UUID}`, 401, 403, 403, 204],
  [
    'POST /api/scaffolder/v2/tasks',
    401,
    400,
    400,
    400,
    { templateRef: 'template:default/node-api', values: {} },
  ],
  [
    'POST /api/scaffolder/v2/dry-run',
    401,
    403,
    403,
    200,
    { template, values: {}, directoryContents: [] },
  ],
  [
    'POST /api/golden-paths/preview',
    401,
    200,
    200,
    200,
    { templateRef: 'template:default/node-api', values: ANSWERS },
  ],
  ['GET /api/golden-paths/preview', 401, 404, 404, 404],
  // Owners ask; the day is over, so that nothing is made.
  [
    'POST /api/compliance/exemptions',
    401,
    400,
    403,
    403,
    {
      entityRef: 'component:default/pricing-service',
      rule: 'runbook',
      reason: 'Only to see who may ask.',
      until: '2020-01-01',
    },
  ],
  [
    `POST /api/compliance/exemptions/${NO_UUID}/decision`,
    401,
    403,
    403,
    404,
    { decision: 'approve' },
  ],
  // Owners and the platform team; nothing mends this rule by itself.
  ...['/fixes', '/fixes/preview'].map(
    (path): Row => [
      `POST /api/compliance${path}`,
      401,
      409,
      403,
      409,
      { entityRef: 'component:default/pricing-service', rule: 'runbook' },
    ],
  ),
  // What no component is in is not fetched, whoever asks.
  [
    'POST /api/dora/backfill',
    401,
    403,
    403,
    404,
    { repository: 'localhost/no/such' },
  ],
  // Campaigns are the platform team's.
  ['POST /api/compliance/campaigns', 401, 403, 403, 400, campaign],
  [
    'POST /api/compliance/campaigns/preview',
    401,
    403,
    403,
    200,
    { rules: campaign.rules, scope: campaign.scope },
  ],
  [`PUT /api/compliance/campaigns/${NO_UUID}`, 401, 403, 403, 404, campaign],
  [`DELETE /api/compliance/campaigns/${NO_UUID}`, 401, 403, 403, 404],
  [
    `POST /api/compliance/campaigns/${NO_UUID}/state`,
    401,
    403,
    403,
    404,
    { state: 'running' },
  ],
  [`POST /api/compliance/campaigns/${NO_UUID}/reminders`, 401, 403, 403, 404],
  [
    'POST /api/compliance/.backstage/actions/v1/actions/compliance:explain-rule/invoke',
    401,
    200,
    200,
    200,
    { id: 'runbook' },
  ],
  ['GET /api/kubernetes/proxy/api/v1/pods', 401, 403, 403, 403],
  [
    'POST /api/kubernetes/proxy/api/v1/namespaces/default/pods',
    401,
    403,
    403,
    403,
    {},
  ],
  // Only services send notifications and speak on the bus between replicas.
  [
    'POST /api/notifications/notifications',
    401,
    403,
    403,
    403,
    { recipients: { type: 'broadcast' }, payload: { title: 'x' } },
  ],
  [
    'POST /api/events/bus/v1/events',
    401,
    403,
    403,
    403,
    { event: { topic: 'github', payload: {} } },
  ],
  [
    'PUT /api/events/bus/v1/subscriptions/x',
    401,
    403,
    403,
    403,
    { topics: ['github'] },
  ],
];

/** Open to the world, each for its reason; and nothing beside or below them. */
const OPEN: [route: string, status: number][] = [
  ['GET /', 200],
  ['GET /.backstage/health/v1/readiness', 200],
  ['GET /.backstage/health/v1/liveness', 200],
  ['GET /api/auth/.well-known/jwks.json', 200],
  ['GET /api/permission/health', 200],
  ['POST /api/events/http/github', 403],
  ['POST /api/events/http/github/x', 404],
  ['POST /api/events/http/github/../x', 404],
  ['POST /api/events/http/github/..%2fx', 404],
  ['POST /api/events/http/unknown', 404],
  ['POST /api/events/http/../bus/v1/events', 404],
  ['POST /api/events/http/..%2fbus/v1/events', 404],
  ['POST /api/events/http//../bus/v1/events', 404],
  ['POST /api/events/httpx', 401],
  ['GET /api/permission/health/../authorize', 404],
  ['GET /api/notifications/health/../notifications', 404],
  ['GET /api/notifications/health%2f..%2fnotifications', 401],
  [
    'GET /api/techdocs/static/../metadata/entity/default/component/pricing-service',
    401,
  ],
  ['GET /api/unknown', 404],
  ['GET /api/auth/guest/refresh', 404],
  ['POST /api/auth/v1/register', 404],
  ['POST /api/auth/v1/token', 404],
];

test.describe('access', () => {
  let people: People;

  test.beforeAll(async () => {
    people = await signIn();
  });

  test('everyone who signed in reads, nobody else does', () =>
    checkAccess(people, READ));

  test('what changes something is for owners and the platform team', () =>
    checkAccess(people, CHANGE));

  test('open routes are open, and nothing beside or below them is', async () => {
    const actual: [string, number][] = [];
    for (const [route] of OPEN) actual.push([route, await rawStatus(route)]);
    expect(actual).toEqual(OPEN);
  });
});

/** Sends a path as it stands: other clients tidy `..` away. */
function rawStatus(route: string): Promise<number> {
  const [method, path] = route.split(' ');
  const { hostname, port } = new URL(shared.portalUrl);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        method,
        path,
        headers: { 'content-type': 'application/json' },
      },
      response => {
        response.resume();
        response.once('end', () => resolve(response.statusCode!));
      },
    );
    sent.once('error', reject);
    sent.end(method === 'GET' ? undefined : '{}');
  });
}
