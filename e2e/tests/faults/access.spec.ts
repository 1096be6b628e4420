import { request } from 'node:http';
import { expect, test } from '@playwright/test';
import { PortalClient } from '../../support/faults/client';
import { Clone } from '../../support/faults/forge';
import { APPEARS } from '../../support/faults/patience';
import { outsiders } from '../../support/faults/outsiders';
import { shared } from '../../support/faults/place';
import { startTask, untilEnded } from '../../support/faults/tasks';

/**
 * Who may call what. Columns: whoever did not sign in; maya (developer in the
 * team that owns the thing); priya (developer in another team); jonas
 * (platform team). A row that is not here is covered by the default: 401
 * without credentials, and no permission that the policy does not name.
 *
 * `{…}` stands for something that the tests made for maya.
 */
type Row = [
  route: string,
  outsider: number,
  maya: number,
  priya: number,
  jonas: number,
  body?: unknown,
];

const NO_UUID = '00000000-0000-0000-0000-000000000000';
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'x' },
  spec: { type: 'service', lifecycle: 'production', owner: 'checkout' },
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

/** What maya started is hers, and the platform team's to look after. */
const TASK_OF_MAYA: Row[] = [
  ['GET /api/scaffolder/v2/tasks/{task}', 401, 200, 403, 200],
  ['GET /api/scaffolder/v2/tasks/{task}/events', 401, 200, 403, 200],
  ['POST /api/scaffolder/v2/tasks/{task}/cancel', 401, 200, 403, 200, {}],
  ['POST /api/scaffolder/v2/tasks/{task}/retry', 401, 0, 403, 0, {}],
  [
    'POST /api/scaffolder/.backstage/actions/v1/actions/scaffolder:get-scaffolder-task-logs/invoke',
    401,
    200,
    403,
    200,
    { taskId: '{task}' },
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
  let maya: PortalClient;
  let priya: PortalClient;
  let jonas: PortalClient;

  test.beforeAll(async () => {
    maya = await PortalClient.as('maya.okafor');
    priya = await PortalClient.as('priya.raman');
    jonas = await PortalClient.as('jonas.lind');
  });

  /** Compares a table with what really happens, as a table. */
  async function check(rows: Row[], made: Record<string, string> = {}) {
    const fill = (text: string) =>
      text.replace(/\{(\w+)\}/g, (all, key) => made[key] ?? all);
    const actual: string[] = [];
    const expected: string[] = [];
    for (const [route, outsider, ...rest] of rows) {
      const [method, path] = fill(route).split(' ');
      const [body] = rest.slice(3);
      const filled = body && JSON.parse(fill(JSON.stringify(body)));
      const call = async (client: PortalClient) =>
        (await client.send(method, path, { body: filled })).status;

      for (const [name, client] of outsiders(maya.token!)) {
        expected.push(`${route} ${name}: ${outsider}`);
        actual.push(`${route} ${name}: ${await call(client)}`);
      }
      const insiders = { priya, maya, jonas };
      for (const [name, wanted] of [
        ['priya', rest[1]],
        ['maya', rest[0]],
        ['jonas', rest[2]],
      ] as const) {
        // 0: would change what the next rows need.
        if (wanted === 0) continue;
        expected.push(`${route} ${name}: ${wanted}`);
        actual.push(`${route} ${name}: ${await call(insiders[name])}`);
      }
    }
    expect(actual).toEqual(expected);
  }

  test('everyone who signed in reads, nobody else does', () => check(READ));

  test('what changes something is for owners and the platform team', () =>
    check(CHANGE));

  test('open routes are open, and nothing beside or below them is', async () => {
    const actual: [string, number][] = [];
    for (const [route] of OPEN) actual.push([route, await rawStatus(route)]);
    expect(actual).toEqual(OPEN);
  });

  test('a task is read by who started it; lists do not tell of it', async () => {
    const name = `seen-${Date.now().toString(36)}`;
    const task = await startTask(maya, {
      name,
      description: 'Only its author reads this',
      owner: 'group:default/checkout',
    });
    expect((await untilEnded(maya, task)).status).toBe('completed');

    await check(TASK_OF_MAYA, { task });

    const listAction =
      '/api/scaffolder/.backstage/actions/v1/actions/scaffolder:list-scaffolder-tasks/invoke';
    for (const [client, sees] of [
      [maya, true],
      [priya, false],
      [jonas, true],
    ] as const) {
      for (const query of ['', '?createdBy=user:default/maya.okafor']) {
        const list = await client.get(`/api/scaffolder/v2/tasks${query}`);
        expect(list.status).toBe(200);
        expect(list.text.includes(task)).toBe(sees);
        if (!sees) {
          // The count would tell of them too.
          const { tasks, totalTasks } = list.json();
          expect(totalTasks).toBe(tasks.length);
        }
      }
      const listed = await client.post(listAction, {});
      expect(listed.status, listed.text).toBe(200);
      expect(listed.text.includes(task)).toBe(sees);
    }
    const stream = await priya.get(
      `/api/scaffolder/v2/tasks/${task}/eventstream`,
    );
    expect(stream.status).toBe(403);
  });

  test('settings and notifications are one’s own', async () => {
    const path = '/api/user-settings/buckets/faults/keys/secret';
    const body = { value: 'only for maya' };
    expect((await maya.send('PUT', path, { body })).status).toBe(200);

    for (const [, outsider] of outsiders(maya.token!)) {
      expect((await outsider.get(path)).status).toBe(401);
      expect((await outsider.send('PUT', path, { body })).status).toBe(401);
      expect((await outsider.send('DELETE', path)).status).toBe(401);
    }
    expect((await priya.get(path)).status).toBe(404);
    expect((await priya.send('DELETE', path)).status).toBe(204);
    expect((await maya.get(path)).json().value).toBe('only for maya');
    expect((await maya.send('DELETE', path)).status).toBe(204);
  });

  test('an entity and a location are deleted by those who may', async () => {
    test.setTimeout(2 * APPEARS);
    const name = `owned-${Date.now().toString(36)}`;
    const clone = await Clone.create(name);
    try {
      await clone.push({
        'other.yaml': ['a', 'b']
          .map(suffix =>
            [
              'apiVersion: backstage.io/v1alpha1',
              'kind: Component',
              `metadata: { name: ${name}-${suffix} }`,
              'spec: { type: service, lifecycle: production, owner: checkout }',
            ].join('\n'),
          )
          .join('\n---\n'),
      });
      const added = await maya.post('/api/catalog/locations', {
        type: 'url',
        target: clone.blob('other.yaml'),
      });
      expect(added.status, added.text).toBe(201);
      const location = `/api/catalog/locations/${added.json().location.id}`;

      const byName = (suffix: string) =>
        `/api/catalog/entities/by-name/component/default/${name}-${suffix}`;
      const uids: string[] = [];
      for (const suffix of ['a', 'b']) {
        await expect
          .poll(async () => (await maya.get(byName(suffix))).status, {
            timeout: APPEARS,
          })
          .toBe(200);
        const { uid } = (await maya.get(byName(suffix))).json().metadata;
        uids.push(`/api/catalog/entities/by-uid/${uid}`);
      }

      for (const [who, client] of outsiders(maya.token!)) {
        expect((await client.send('DELETE', uids[0])).status, who).toBe(401);
        expect((await client.send('DELETE', location)).status, who).toBe(401);
      }
      expect((await priya.send('DELETE', uids[0])).status).toBe(403);
      expect((await maya.get(byName('a'))).status).toBe(200);
      expect((await maya.send('DELETE', uids[0])).status).toBe(204);
      expect((await jonas.send('DELETE', uids[1])).status).toBe(204);

      expect((await priya.send('DELETE', location)).status).toBe(403);
      expect((await maya.send('DELETE', location)).status).toBe(403);
      expect((await jonas.send('DELETE', location)).status).toBe(204);
    } finally {
      clone.remove();
    }
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
