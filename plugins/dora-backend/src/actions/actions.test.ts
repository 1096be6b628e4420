import { Knex } from 'knex';
import { deployment, push } from '../__testUtils__/github';
import {
  MAYA,
  Portal,
  service,
  testDatabases,
  VISITOR,
} from '../__testUtils__/portal';
import { startTold } from '../__testUtils__/sources';

jest.setTimeout(60_000);
const open = testDatabases();
const DAY = 24 * 60;
/** Minutes after the noon that payloads count from, two days ago. */
const RECENT =
  Math.round((Date.now() - Date.UTC(2026, 9, 1, 12)) / 60_000) - 2 * DAY;

const entityRef = 'component:pricing';
const owner = 'group:checkout';

describe('actions', () => {
  let knex: Knex;
  let portal: Portal;
  const invoke = (name: string, input: object, who: string | null = MAYA) =>
    portal
      .post(`/.backstage/actions/v1/actions/dora:${name}/invoke`, who)
      .send(input);
  const output = async (name: string, input: object, who = MAYA) => {
    const { body, status } = await invoke(name, input, who);
    expect(body.error).toBeUndefined();
    expect(status).toBe(200);
    return body.output;
  };

  beforeAll(async () => {
    knex = await open();
    const pricing = {
      ...service('pricing'),
      relations: [{ type: 'ownedBy', targetRef: 'group:default/checkout' }],
    };
    portal = await startTold({
      knex,
      entities: [pricing],
      story: [
        push(RECENT, [1]),
        deployment(RECENT + 60, 1, 1, 'success'),
        deployment(RECENT + 90, 2, 1, 'success', { environment: 'staging' }),
        deployment(RECENT + 120, 3, 1, 'failure'),
      ],
    });
  });
  afterAll(() => portal.stop());

  it('are listed with what they take, and only read', async () => {
    const { body } = await portal.get('/.backstage/actions/v1/actions');
    expect(
      body.actions.map(
        ({ id, attributes }: { id: string; attributes: object }) => [
          id,
          attributes,
        ],
      ),
    ).toEqual(
      ['read-metrics', 'list-deployments', 'explain-counts'].map(name => [
        `dora:${name}`,
        { readOnly: true, destructive: false, idempotent: true },
      ]),
    );
  });

  it('read the five of a component and of a team as their pages have them', async () => {
    const own = await output('read-metrics', { entityRef, days: 30 });
    expect(own.metrics).toEqual([
      {
        metric: 'deploymentFrequency',
        unit: 'deployments per day',
        value: expect.closeTo(1 / 30, 3),
        n: 1,
      },
      { metric: 'leadTime', unit: 'seconds, median', value: 3600, n: 1 },
      {
        metric: 'recoveryTime',
        unit: 'seconds, median',
        n: 0,
        noData: 'no-recoveries',
      },
      { metric: 'changeFailRate', unit: 'share, 0 to 1', value: 0.5, n: 2 },
      { metric: 'reworkRate', unit: 'share, 0 to 1', value: 0, n: 2 },
    ]);
    const team = await output('read-metrics', { owner, days: 30 });
    expect([team.components, team.metrics[3]]).toEqual([1, own.metrics[3]]);
    const unseen = await output('read-metrics', { owner }, VISITOR);
    expect(unseen).toMatchObject({
      components: 0,
      metrics: [{ n: 0 }, {}, {}, {}, {}],
    });
  });

  it('list the last deployments', async () => {
    const { total, deployments } = await output('list-deployments', {
      entityRef,
      limit: 2,
    });
    expect(total).toBe(3);
    expect(deployments).toMatchObject([
      { result: 'failure', failedBecause: 'failed', changes: 0 },
      { environment: 'staging', production: false },
    ]);
  });

  it('explain what was counted', async () => {
    const told = await output('explain-counts', {
      entityRef,
      outcome: 'not-counted',
    });
    expect(told).toMatchObject({
      entityRef: 'component:default/pricing',
      total: 1,
      events: [
        {
          kind: 'deployment',
          steps: [expect.stringMatching(/^staging is not production, because/)],
        },
      ],
    });
    expect(told.rules[1].from).toBe('dora.environments.production');
  });

  it.each<[string, object, string | null, number]>([
    ['read-metrics', { entityRef }, VISITOR, 404],
    ['read-metrics', { entityRef }, null, 401],
    ['read-metrics', {}, MAYA, 400],
    ['read-metrics', { entityRef, owner }, MAYA, 400],
    ['read-metrics', { entityRef, days: 0 }, MAYA, 400],
    ['list-deployments', { entityRef }, VISITOR, 404],
    ['list-deployments', {}, MAYA, 400],
    ['explain-counts', { entityRef }, VISITOR, 404],
    ['explain-counts', { entityRef: 'component:none' }, MAYA, 404],
    ['explain-counts', {}, MAYA, 400],
  ])('%s refuses %j to %s', async (name, input, who, status) => {
    expect((await invoke(name, input, who)).status).toBe(status);
  });
});
