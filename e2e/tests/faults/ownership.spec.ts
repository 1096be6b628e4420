import { expect, test } from '@playwright/test';
import {
  checkAccess,
  People,
  Row,
  signIn,
} from '../../support/faults/accessMatrix';
import { Clone } from '../../support/faults/forge';
import { outsiders } from '../../support/faults/outsiders';
import { APPEARS } from '../../support/faults/patience';
import { startTask, untilEnded } from '../../support/faults/tasks';

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

test.describe('what is one’s own', () => {
  let people: People;
  let maya: People['maya'];
  let priya: People['priya'];
  let jonas: People['jonas'];

  test.beforeAll(async () => {
    people = await signIn();
    ({ maya, priya, jonas } = people);
  });

  test('a task is read by who started it; lists do not tell of it', async () => {
    const name = `seen-${Date.now().toString(36)}`;
    const task = await startTask(maya, {
      name,
      description: 'Only its author reads this',
      owner: 'group:default/checkout',
    });
    expect((await untilEnded(maya, task)).status).toBe('completed');

    await checkAccess(people, TASK_OF_MAYA, { task });

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
