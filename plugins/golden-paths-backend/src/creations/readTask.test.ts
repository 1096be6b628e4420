import {
  sayCommit,
  sayRepository,
} from '@waymark/backstage-plugin-golden-paths-common';
import { testDatabases } from '../__testUtils__/portal';
import { openDatabase } from '../database/migrate';
import { Creation } from './Creation';
import { DatabaseCreationStore } from './CreationStore';
import { eventSchema, readTask, taskSchema } from './readTask';

jest.setTimeout(60_000);
const open = testDatabases();
const at = (seconds: number) => new Date(Date.UTC(2026, 8, 1, 10, 0, seconds));
const COMMIT = 'abc'.padEnd(40, '1');

const task = (status: string, heartbeat?: number, more = {}) =>
  taskSchema.parse({
    id: '6f1f1f66-3d0a-4f3c-9b7c-1d2f3a4b5c6d',
    status,
    createdAt: at(0).toISOString(),
    lastHeartbeatAt: heartbeat && at(heartbeat).toISOString(),
    createdBy: 'user:default/maya',
    spec: {
      parameters: { name: 'quotes' },
      steps: [
        { id: 'render', name: 'Write the files' },
        { id: 'push', name: 'Push them' },
      ],
      templateInfo: { entityRef: 'Template:kettle' },
      ...more,
    },
  });
const event = (id: number, type: string, body = {}) =>
  eventSchema.parse({ id, type, createdAt: at(id).toISOString(), body });
const step = (id: number, stepId: string, status?: string, message = '') =>
  event(id, 'log', { stepId, message, ...(status && { status }) });

describe('a task', () => {
  it('that waits has no log', () => {
    expect(readTask(task('open'), [])).toEqual({
      taskId: '6f1f1f66-3d0a-4f3c-9b7c-1d2f3a4b5c6d',
      templateRef: 'template:default/kettle',
      userRef: 'user:default/maya',
      inputs: { name: 'quotes' },
      leftOut: [],
      queuedAt: at(0),
      status: 'open',
      outcome: 'waiting',
      lastEvent: 0,
    });
  });

  it('that was given up failed in the step that it was in', () => {
    const read = readTask(task('failed', 9), [
      event(1, 'log', { message: 'Starting up task with 2 steps' }),
      step(2, 'render', 'processing'),
      step(3, 'render', undefined, sayCommit(COMMIT)),
      step(4, 'render', 'completed'),
      step(5, 'push', 'processing'),
      step(
        6,
        'push',
        undefined,
        sayRepository('https://a:b@git.example/x.git'),
      ),
      event(40, 'completion', { message: 'The worker lost connection' }),
    ]);
    expect(read).toMatchObject({
      outcome: 'failed',
      failedStep: { id: 'push', name: 'Push them' },
      message: 'The worker lost connection',
      startedAt: at(1),
      finishedAt: at(40),
      templateCommit: COMMIT,
      repositoryUrl: 'https://git.example/x',
    });
  });

  it('says what it made by name or by links, and nothing that is none', () => {
    const made = (output: object) =>
      readTask(task('completed', 9), [event(9, 'completion', { output })]);
    expect(
      made({
        entityRef: 'quotes',
        remoteUrl: 'https://git.example/a/quotes.git',
        templateCommit: COMMIT,
      }),
    ).toMatchObject({
      outcome: 'succeeded',
      entityRef: 'component:default/quotes',
      repositoryUrl: 'https://git.example/a/quotes',
      templateCommit: COMMIT,
    });
    const links = [
      { title: 'Catalog', entityRef: 'api:default/quotes' },
      { icon: 'github', url: 'https://git.example/a/quotes' },
    ];
    expect(made({ links })).toMatchObject({
      entityRef: 'api:default/quotes',
      repositoryUrl: 'https://git.example/a/quotes',
    });
    const nothing = made({
      entityRef: ':::',
      remoteUrl: 'data:text/html,x',
      templateCommit: '0'.repeat(40),
    });
    for (const name of ['entityRef', 'repositoryUrl', 'templateCommit']) {
      expect(nothing).not.toHaveProperty(name);
    }
  });

  it('keeps no text that PostgreSQL refuses, and no secret in a message', () => {
    const token = `ghp_${'a'.repeat(36)}`;
    const read = readTask(task('failed', 9, { parameters: { name: 'a\0b' } }), [
      event(9, 'completion', { error: { message: `No \0 ${token}` } }),
    ]);
    expect(read.inputs).toEqual({ name: 'a\ufffdb' });
    expect(read.message).toBe('No \ufffd ***');
  });
});

describe('what is kept of a task', () => {
  it('is what was read last, in whatever order it is written', async () => {
    const knex = await open();
    await openDatabase({ getClient: async () => knex });
    const store = new DatabaseCreationStore(knex);
    const log = event(1, 'log', { message: sayCommit(COMMIT) });
    const done = event(8, 'completion', {
      output: { entityRef: 'component:default/quotes' },
    });
    const readings: Creation[] = [
      readTask(task('open'), []),
      readTask(task('processing', 4), [log]),
      readTask(task('processing', 5), [log, step(2, 'push', 'processing')]),
      readTask(task('completed', 5), [log, done]),
    ];
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
      [3, 3, 0, 3],
    ];
    for (const order of orders) {
      await knex('creations').delete();
      for (const index of order) await store.save(readings[index]);
      expect(await store.facts()).toEqual([
        expect.objectContaining({
          outcome: 'succeeded',
          entityRef: 'component:default/quotes',
          startedAt: at(1).getTime(),
          finishedAt: at(8).getTime(),
          isRetried: false,
        }),
      ]);
    }
    // Two replicas at once.
    await knex('creations').delete();
    await Promise.all(readings.map(reading => store.save(reading)));
    expect((await store.facts())[0].outcome).toBe('succeeded');

    // Recovered: the log begins anew, what it said before is kept.
    await store.save(
      readTask(task('completed', 20), [
        event(12, 'log'),
        event(19, 'completion', { output: {} }),
      ]),
    );
    expect(await store.makerOf('component:default/quotes')).toMatchObject({
      templateCommit: COMMIT,
      startedAt: at(1),
      finishedAt: at(19),
    });
  });
});
