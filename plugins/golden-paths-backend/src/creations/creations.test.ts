import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Entity } from '@backstage/catalog-model';
import {
  provenanceSchema,
  sayCommit,
  sayRepository,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  DEVELOPER,
  NO_TASKS,
  Portal,
  startPortal,
  testDatabases,
} from '../__testUtils__/portal';

jest.setTimeout(60_000);
const open = testDatabases();
const COMMIT = 'c0ffee'.padEnd(40, '0');
const REPOSITORY = 'https://git.example.com/tidewater/quotes';
const log = (message: string) => ({
  id: `log-${message.length}`,
  action: 'debug:log',
  input: { message },
});

const component = (name: string, annotations = {}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', annotations },
  spec: { type: 'service' },
});
const template: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name: 'kettle',
    namespace: 'default',
    title: 'Kettle',
    annotations: {
      'backstage.io/template-version': '1.4.0',
      'backstage.io/managed-by-location': 'url:https://git.example.com/a',
    },
  },
  spec: {
    type: 'service',
    parameters: [
      {
        properties: {
          // Not shown again, and no secret for that.
          name: { type: 'string', 'ui:backstage': { review: { show: false } } },
          pin: { type: 'string', 'ui:widget': 'password' },
          registryToken: { type: 'string' },
        },
      },
    ],
    steps: [
      log(sayCommit(COMMIT)),
      log(sayRepository(`${REPOSITORY}.git`)),
      {
        id: 'look',
        name: 'Look for the owner',
        action: 'catalog:fetch',
        input: { entityRef: 'component:default/${{ parameters.name }}-owner' },
      },
    ],
    output: {
      links: [{ entityRef: 'component:default/${{ parameters.name }}' }],
    },
  },
};

describe('what is recorded of creations', () => {
  let portal: Portal;
  let folder: string;

  const ended = async (taskId: string) => {
    for (;;) {
      const { body } = await portal.tasks('get', `/${taskId}`);
      if (!['open', 'processing'].includes(body.status)) return taskId;
    }
  };
  const create = async (name: string, more = {}) => {
    const { body } = await portal
      .tasks('post', '', DEVELOPER)
      .send({
        templateRef: 'template:default/kettle',
        values: { name, ...more },
      })
      .expect(201);
    return ended(body.id as string);
  };
  const row = (taskId: string) =>
    portal.knex('creations').where({ task_id: taskId }).first();
  const provenance = async (name: string, who?: string) => {
    const path = `/provenance/component/default/${name}`;
    return provenanceSchema.parse((await portal.get(path, who)).body);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'golden-paths-creations-'));
    portal = await startPortal({
      open,
      folder,
      entities: [
        template,
        component('quotes-owner'),
        component('quotes', {
          'waymark.dev/template': 'template:default/kettle',
          'backstage.io/template-version': '1.3.0',
        }),
      ],
    });
  });
  afterAll(async () => {
    await portal.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('records a run that succeeded, its answers without secrets', async () => {
    const secrets = { pin: 'hunter2', registryToken: 'not for anybody' };
    const taskId = await create('quotes', {
      ...secrets,
      note: `ghp_${'a'.repeat(36)}`,
    });
    await portal.round('creations');
    await portal.look();

    const answer = await provenance('quotes');
    expect(answer).toEqual({
      entityRef: 'component:default/quotes',
      stated: {
        templateRef: 'template:default/kettle',
        title: 'Kettle',
        version: '1.3.0',
        newest: '1.4.0',
        standing: 'behind',
        behind: 1,
        adopted: false,
        snooze: null,
      },
      creation: expect.objectContaining({
        taskId,
        templateRef: 'template:default/kettle',
        version: '1.4.0',
        commit: COMMIT,
        userRef: DEVELOPER,
        outcome: 'succeeded',
        repositoryUrl: REPOSITORY,
        inputs: { name: 'quotes' },
        leftOut: ['pin', 'registryToken', 'note'],
      }),
    });
    const { queuedAt, startedAt, finishedAt } = answer.creation!;
    expect([queuedAt, startedAt, finishedAt]).toEqual(
      [queuedAt, startedAt, finishedAt].sort(),
    );
    const kept = JSON.stringify(await portal.knex('creations'));
    expect(kept).not.toMatch(/hunter2|not for anybody|ghp_/);

    // Others may see the service, but not what was typed into the form.
    const { creation } = await provenance('quotes', NO_TASKS);
    expect(creation).toMatchObject({ taskId, inputs: null, leftOut: null });
    expect((await provenance('quotes', DEVELOPER)).creation?.inputs).toEqual({
      name: 'quotes',
    });
  });

  it('records a run that failed, with its step, and goes on with one that is started again', async () => {
    const taskId = await create('teas');
    await portal.round('creations');
    expect(await row(taskId)).toMatchObject({
      outcome: 'failed',
      failed_step_id: 'look',
      failed_step_name: 'Look for the owner',
      message: expect.stringContaining('teas-owner'),
      template_commit: COMMIT,
      repository_url: REPOSITORY,
      entity_ref: null,
      is_retried: false,
    });

    portal.state.entities.push(component('teas-owner'));
    await portal.tasks('post', `/${taskId}/retry`).send({}).expect(201);
    await ended(taskId);
    // A round that looks only at what is new, and one that looks at all.
    await portal.round('creations-again');
    expect(await row(taskId)).toMatchObject({
      outcome: 'succeeded',
      failed_step_id: null,
      message: null,
      entity_ref: 'component:default/teas',
      is_retried: true,
    });
  });

  it('hears of a run, and has what it made before the next round', async () => {
    portal.state.entities.push(
      component('cups-owner'),
      component('cups', { 'waymark.dev/template': 'template:default/kettle' }),
    );
    const taskId = await create('cups');
    for (;;) {
      const made = await portal
        .knex('services')
        .where({ entity_ref: 'component:default/cups' })
        .first();
      if (made) break;
    }
    expect(await row(taskId)).toMatchObject({ outcome: 'succeeded' });
  });

  it('catches up on what was made while nobody looked, and once only', async () => {
    await portal.knex('creations').delete();
    await portal.knex('progress').delete();
    const made = [];
    for (const name of ['one', 'two', 'three']) made.push(await create(name));
    await Promise.all([portal.round('creations'), portal.round('creations')]);
    await portal.round('creations');
    const all: string[] = await portal.knex('creations').pluck('task_id');
    expect(all).toEqual(expect.arrayContaining(made));
    // Those of the tests before it as well.
    expect(all).toHaveLength(6);
  });

  it('forgets no run that the scaffolder forgot before it ended', async () => {
    const [taskId] = await portal.knex('creations').pluck('task_id');
    const lost = '00000000-0000-4000-8000-000000000000';
    await portal.knex.raw(
      `insert into creations (task_id, template_ref, inputs, left_out,
         queued_at, status, outcome)
       select ?, template_ref, inputs, left_out, queued_at, 'processing',
         'running' from creations where task_id = ?`,
      [lost, taskId],
    );
    await portal.round('creations');
    expect(await row(lost)).toMatchObject({ outcome: 'lost' });
  });
});
