import { execFileSync } from 'node:child_process';
import { PortalClient } from '../../support/faults/client';
import { countRows } from '../../support/faults/database';
import { api, Clone, OWNER } from '../../support/faults/forge';
import { Moment } from '../../support/faults/holdingProxy';
import { expect, test } from '../../support/faults/own';
import { Place } from '../../support/faults/place';
import {
  eventsOf,
  startTask,
  untilCompleted,
  untilEnded,
} from '../../support/faults/tasks';

/**
 * The portal is killed with -9 at every step of a golden path and starts
 * again: each task goes on, and there is one of everything.
 */
test.describe.serial('a portal that is killed', () => {
  let maya: PortalClient;
  /** Task by name of its service. */
  const tasks = new Map<string, string>();

  test.beforeAll(async ({ own }) => {
    maya = await PortalClient.as('maya.okafor', own.place);
  });

  const begin = async (name: string) => {
    const id = await startTask(maya, valuesOf(name));
    tasks.set(name, id);
    return id;
  };

  test('goes on with each task where it was', async ({ own }) => {
    test.setTimeout(300_000);
    const hold = (moment: Moment, call: string, body?: string) =>
      own.proxy.hold({ moment, call, body });
    const repo = (name: string) => `/api/v3/repos/${OWNER}/${name}`;
    const commits = (name: string) =>
      `GET ${repo(name)}/commits?sha=main&per_page=100`;
    const push = (name: string) =>
      `POST /${OWNER}/${name}.git/git-receive-pack`;

    const rendered = hold('before', `GET ${repo('at-rendered')}`);
    const registering = hold(
      'before',
      'GET /api/catalog/entities/by-name/component/default/at-registering',
    );
    const created = [
      hold('before', commits('at-pushing')),
      hold('before', commits('at-pushed')),
    ];
    for (const name of ['rendered', 'registering', 'pushing', 'pushed']) {
      await begin(`at-${name}`);
    }
    await rendered.arrived;
    await registering.arrived;

    // An environment's step waits two seconds before it asks for this.
    const environment = await begin('at-environment');
    await expect
      .poll(async () => (await eventsOf(maya, environment)).map(stepOf), {
        timeout: 60_000,
      })
      .toContain('development processing');
    await hold('before', `GET ${repo('at-environment')}`).arrived;

    // A write that has no answer keeps back all others: it comes last.
    for (const { arrived } of created) await arrived;
    const creating = hold(
      'after',
      `POST /api/v3/orgs/${OWNER}/repos`,
      '"at-created"',
    );
    await begin('at-created');
    await creating.arrived;
    // git waits five seconds for an answer, and then tries again.
    const pushes = [
      hold('before', push('at-pushing')),
      hold('after', push('at-pushed')),
    ];
    for (const { release } of created) release();
    for (const { arrived } of pushes) await arrived;
    await begin('at-accepted');

    const twice = hold('before', commits('at-accepted'));
    own.killBackend();
    await own.says('Waymark is ready again');
    for (const [name, id] of tasks) {
      if (name === 'at-accepted') continue;
      await untilCompleted(maya, id);
    }

    await twice.arrived;
    const isProtected = hold(
      'after',
      `PUT ${repo('at-protected')}/branches/main/protection`,
    );
    await begin('at-protected');
    await isProtected.arrived;
    own.killBackend();
    await own.says('Waymark is ready again', 2);
    for (const id of tasks.values()) {
      await untilCompleted(maya, id);
    }
  });

  test('and there is one of everything, and whole', async ({ own }) => {
    test.setTimeout(120_000);
    await begin('undisturbed');
    await untilEnded(maya, tasks.get('undisturbed')!);
    const model = await lookAt(own.place, 'undisturbed');
    expect(model.commits).toBe(1);
    expect(model.files).toContain('chart/Chart.yaml');

    for (const name of tasks.keys()) {
      const { status, json } = await maya.get(
        `/api/catalog/entities/by-query?filter=metadata.name=${name}`,
      );
      expect(status).toBe(200);
      expect(json().items, name).toHaveLength(1);
      expect(await lookAt(own.place, name), name).toEqual(model);
    }
    const locations = (await maya.get('/api/catalog/locations')).json();
    expect(JSON.stringify(locations)).not.toContain('/at-');
  });

  test('and nothing is kept of what the tasks needed', async ({ own }) => {
    for (const query of [
      'scaffolder.tasks WHERE secrets IS NOT NULL',
      'scaffolder.scaffolder_task_workspaces',
    ]) {
      expect(await countRows(query, own.place), query).toBe(0);
    }
  });

  test('a task that failed on the way is retried with its files', async ({
    own,
  }) => {
    test.setTimeout(120_000);
    const name = 'refused-at-first';
    const open = own.proxy.answer({
      call: new RegExp(`/${OWNER}/${name}.git/`),
      status: 403,
    });
    const id = await begin(name);
    expect((await untilEnded(maya, id)).status).toBe('failed');
    open();

    const retry = await maya.post(`/api/scaffolder/v2/tasks/${id}/retry`);
    expect(retry.status, retry.text).toBe(201);
    expect((await untilEnded(maya, id)).status).toBe('completed');
    expect(await lookAt(own.place, name)).toEqual(
      await lookAt(own.place, 'undisturbed'),
    );
  });

  test('an answer that was lost is not a second repository', async ({
    own,
  }) => {
    test.setTimeout(120_000);
    const name = 'answer-lost';
    own.proxy.loseAnswer({
      call: `POST /api/v3/orgs/${OWNER}/repos`,
      body: `"${name}"`,
    });
    const id = await begin(name);
    expect((await untilEnded(maya, id)).status).toBe('completed');
    expect(await lookAt(own.place, name)).toEqual(
      await lookAt(own.place, 'undisturbed'),
    );
  });

  test('somebody else’s repository is never taken over', async ({ own }) => {
    const before = await Clone.of('undisturbed', own.place);
    const priya = await PortalClient.as('priya.raman', own.place);

    const id = await startTask(priya, valuesOf('undisturbed'));
    expect((await untilEnded(priya, id)).status).toBe('failed');
    const last = (await eventsOf(priya, id)).at(-1)!;
    expect(last.body.error?.message).toMatch(
      /undisturbed exists already. Choose another name/,
    );

    const after = await Clone.of('undisturbed', own.place);
    expect(await after.commits()).toEqual(await before.commits());
    before.remove();
    after.remove();
  });
});

function valuesOf(name: string) {
  return {
    name,
    description: 'Survives what happens to the portal',
    owner: 'group:default/checkout',
  };
}

function stepOf({ body }: { body: { stepId?: string; status?: string } }) {
  return `${body.stepId} ${body.status}`;
}

/** What a person would find of a service, its name aside. */
async function lookAt(place: Place, name: string) {
  const clone = await Clone.of(name, place);
  try {
    const commits = await clone.commits();
    const protection = await api(
      place,
      'GET',
      `/repos/${OWNER}/${name}/branches/main/protection`,
    );
    const teams = await api(place, 'GET', `/repos/${OWNER}/${name}/teams`);
    const { environments } = await api(
      place,
      'GET',
      `/repos/${OWNER}/${name}/environments`,
    );
    return {
      commits: commits.length,
      roots: commits.filter(({ parents }) => parents.length === 0).length,
      files: execFileSync('git', ['-C', clone.folder, 'ls-files'], {
        encoding: 'utf8',
      }).split('\n'),
      reviews:
        protection.required_pull_request_reviews
          ?.required_approving_review_count,
      teams: teams.map((one: { slug: string; permission: string }) => [
        one.slug,
        one.permission,
      ]),
      environments: environments.map((one: { name: string }) => one.name),
    };
  } finally {
    clone.remove();
  }
}
