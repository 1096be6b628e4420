import { PortalClient } from '../../support/faults/client';
import { api, OWNER } from '../../support/faults/forge';
import { expect, test } from '../../support/faults/own';
import { startTask, untilCompleted } from '../../support/faults/tasks';
import { moveTemplate } from '../../support/moveTemplate';

const TEMPLATE = 'template:default/node-api';
const NAMES = ['roll-first', 'roll-opened', 'roll-pushed', 'roll-untouched'];
const refOf = (name: string) => `component:default/${name}`;

/** The portal is killed with -9 while it brings a new version to several services. */
test('a rollout that is killed goes on, with one pull request for each service', async ({
  own,
}) => {
  test.setTimeout(400_000);
  const maya = await PortalClient.as('maya.okafor', own.place);
  const tasks = await Promise.all(
    NAMES.map(name =>
      startTask(maya, {
        name,
        description: 'Only to be rolled out to',
        owner: 'group:default/checkout',
      }),
    ),
  );
  for (const id of tasks) await untilCompleted(maya, id);
  const { version } = await moveTemplate(own.place);
  const jonas = await PortalClient.as('jonas.lind', own.place);
  await expect
    .poll(
      async () => {
        const query = `templateRef=${TEMPLATE}&standing=behind&limit=1000`;
        const { json } = await jonas.get(`/api/golden-paths/drift?${query}`);
        const { items } = json<{
          items: { entityRef: string; newest: string }[];
        }>();
        return items
          .filter(({ newest }) => newest === version)
          .map(({ entityRef }) => entityRef);
      },
      { timeout: 120_000 },
    )
    .toEqual(expect.arrayContaining(NAMES.map(refOf)));

  const rollouts = '/api/golden-paths/rollouts';
  const begun = await jonas.post(rollouts, {
    templateRef: TEMPLATE,
    reason: 'To be killed on the way',
    canary: refOf('roll-first'),
  });
  expect(begun.status, begun.text).toBe(201);
  const { id } = begun.json().rollout;
  const read = async () => {
    const answer = await jonas.get(`${rollouts}/${id}`).catch(() => undefined);
    return answer?.status === 200 ? answer.json() : undefined;
  };
  await expect
    .poll(async () => (await read())?.rollout.waitsFor, { timeout: 60_000 })
    .toBe('canary');

  // One has its pull request, and the portal does not hear of it; one its branch.
  const pulls = (name: string) => `POST /api/v3/repos/${OWNER}/${name}/pulls`;
  const opened = own.proxy.hold({
    moment: 'after',
    call: pulls('roll-opened'),
  });
  const pushed = own.proxy.hold({
    moment: 'before',
    call: pulls('roll-pushed'),
  });
  await jonas.post(`${rollouts}/${id}/go-on`);
  await opened.arrived;
  await pushed.arrived;
  own.killBackend();
  await own.says('Waymark is ready again');

  await expect
    .poll(async () => (await read())?.rollout.state, { timeout: 120_000 })
    .toBe('done');
  const { services } = await read();
  const states = new Map(
    services.map((one: { entityRef: string; state: string }) => [
      one.entityRef,
      one.state,
    ]),
  );
  for (const name of NAMES) {
    expect(states.get(refOf(name)), name).toBe('open');
    const made = await api(
      own.place,
      'GET',
      `/repos/${OWNER}/${name}/pulls?state=all`,
    );
    expect(made, name).toHaveLength(1);
  }
});
