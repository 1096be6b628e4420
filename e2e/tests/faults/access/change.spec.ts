import { test } from '@playwright/test';
import {
  checkAccess,
  everyone,
  NO_UUID,
  Row,
  signIn,
} from '../../../support/faults/accessMatrix';
import { shared } from '../../../support/faults/place';

const ANSWERS = {
  name: 'never-made',
  description: 'Only looked at',
  owner: 'group:default/checkout',
};
const NO_PATH = {
  templateRef: 'template:default/no-such',
  version: '1.0.0',
  commit: '0'.repeat(40),
  inputs: {},
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
  everyone(201, 'POST /api/catalog/locations?dryRun=true', {
    type: 'url',
    target: `${shared.forgeUrl}/tidewater/pricing-service/blob/main/catalog-info.yaml`,
  }),
  [`DELETE /api/catalog/locations/${NO_UUID}`, 401, 403, 403, 404],
  [`DELETE /api/catalog/entities/by-uid/${NO_UUID}`, 401, 403, 403, 204],
  everyone(400, 'POST /api/scaffolder/v2/tasks', {
    templateRef: 'template:default/node-api',
    values: {},
  }),
  [
    'POST /api/scaffolder/v2/dry-run',
    401,
    403,
    403,
    200,
    { template, values: {}, directoryContents: [] },
  ],
  everyone(200, 'POST /api/golden-paths/preview', {
    templateRef: 'template:default/node-api',
    values: ANSWERS,
  }),
  everyone(404, 'GET /api/golden-paths/preview'),
  everyone(204, 'POST /api/golden-paths/visits', {
    visit: NO_UUID,
    templateRef: 'template:default/node-api',
    step: 'opened',
  }),
  // No golden path made it: only its owners and the platform team learn that.
  [
    'POST /api/golden-paths/upgrades/preview',
    401,
    409,
    403,
    409,
    { entityRef: 'component:default/pricing-service' },
  ],
  [
    'POST /api/golden-paths/upgrades',
    401,
    409,
    403,
    409,
    { entityRef: 'component:default/pricing-service' },
  ],
  // The golden path is none, so that nothing is written.
  [
    'POST /api/golden-paths/adoptions/preview',
    401,
    404,
    403,
    404,
    { entityRef: 'component:default/pricing-service', chosen: NO_PATH },
  ],
  [
    'POST /api/golden-paths/adoptions',
    401,
    404,
    403,
    404,
    { entityRef: 'component:default/pricing-service', ...NO_PATH },
  ],
  // Rollouts are the platform team's.
  ['POST /api/golden-paths/rollouts', 401, 403, 403, 400, {}],
  ...['go-on', 'pause', 'stop', 'retry'].map(
    (deed): Row => [
      `POST /api/golden-paths/rollouts/${NO_UUID}/${deed}`,
      401,
      403,
      403,
      404,
    ],
  ),
  // Owners and the platform team; the day is over, and nothing is snoozed.
  [
    'POST /api/golden-paths/snoozes',
    401,
    400,
    403,
    400,
    {
      entityRef: 'component:default/pricing-service',
      reason: 'Only to see who may.',
      until: '2020-01-01',
    },
  ],
  [
    'DELETE /api/golden-paths/snoozes?entityRef=component:default/pricing-service',
    401,
    404,
    403,
    404,
  ],
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
  ['POST /api/dora/deliveries/999999999999/replay', 401, 403, 403, 404],
  ['POST /api/dora/rebuild', 401, 403, 403, 0],
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
  everyone(
    200,
    'POST /api/compliance/.backstage/actions/v1/actions/compliance:explain-rule/invoke',
    { id: 'runbook' },
  ),
  everyone(403, 'GET /api/kubernetes/proxy/api/v1/pods'),
  everyone(
    403,
    'POST /api/kubernetes/proxy/api/v1/namespaces/default/pods',
    {},
  ),
  // Only services send notifications and speak on the bus between replicas.
  everyone(403, 'POST /api/notifications/notifications', {
    recipients: { type: 'broadcast' },
    payload: { title: 'x' },
  }),
  everyone(403, 'POST /api/events/bus/v1/events', {
    event: { topic: 'github', payload: {} },
  }),
  everyone(403, 'PUT /api/events/bus/v1/subscriptions/x', {
    topics: ['github'],
  }),
];

test('what changes something is for owners and the platform team', async () =>
  checkAccess(await signIn(), CHANGE));
