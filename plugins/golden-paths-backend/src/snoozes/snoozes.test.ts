import { MOST_SNOOZE_DAYS } from '@waymark/backstage-plugin-golden-paths-common';
import { Kitchen, startKitchen } from '../__testUtils__/kitchen';
import { DEVELOPER, PLATFORM, testDatabases } from '../__testUtils__/portal';
import { dayOf } from './SnoozeStore';

jest.setTimeout(120_000);
const open = testDatabases();
const OTHER = 'user:default/reader';
const REF = 'component:default/shop';

const inDays = (days: number) =>
  dayOf(new Date(Date.now() + days * 86_400_000));

describe('snoozed upgrades', () => {
  let kitchen: Kitchen;
  const snooze = (more: object = {}, who: string | null = DEVELOPER) =>
    kitchen.portal.post('/snoozes', who).send({
      entityRef: REF,
      reason: 'The sale is next week',
      until: inDays(30),
      ...more,
    });
  const wake = (who: string | null = DEVELOPER) =>
    kitchen.portal.delete(`/snoozes?entityRef=${REF}`, who);
  const shown = async () => {
    const { body } = await kitchen.portal.get('/drift');
    return body.items.find(
      (one: { entityRef: string }) => one.entityRef === REF,
    ).snooze;
  };
  const release = async (version: string) => {
    await kitchen.release(version, { Fifth: `Fifth of ${version}` });
    await kitchen.portal.look();
  };
  const roll = async (canary: string) => {
    const { body } = await kitchen.portal.post('/rollouts').send({
      templateRef: 'template:default/kettle',
      reason: 'A hole in the whistle',
      canary: `component:default/${canary}`,
    });
    await kitchen.portal.round('rollouts');
    return body;
  };
  const stateOf = async (id: string) => {
    const { body } = await kitchen.portal.get(`/rollouts/${id}`);
    return body.services.find(
      (one: { entityRef: string }) => one.entityRef === REF,
    );
  };

  beforeAll(async () => {
    kitchen = await startKitchen(open);
    await kitchen.make('basket');
    await kitchen.make('shop');
    await kitchen.portal.look();
  });
  afterAll(() => kitchen.stop());

  it('hold for a version until a day, and rollouts pass them by', async () => {
    expect((await snooze()).status).toBe(409);
    await release('1.1.0');
    expect((await snooze()).body).toMatchObject({
      version: '1.1.0',
      by: DEVELOPER,
    });
    expect(await shown()).toMatchObject({ reason: 'The sale is next week' });
    const card = await kitchen.portal.get('/provenance/component/default/shop');
    expect(card.body.stated.snooze).toMatchObject({ until: inDays(30) });

    expect((await roll('shop')).error.message).toContain('snoozed');
    const { rollout } = await roll('basket');
    expect(await stateOf(rollout.id)).toMatchObject({
      state: 'snoozed',
      reason: `Until ${inDays(30)}: The sale is next week`,
    });

    // Taken back, it can be named.
    expect((await wake()).status).toBe(204);
    expect((await wake()).status).toBe(404);
    expect(await shown()).toBeNull();
    const again = await kitchen.portal
      .post(`/rollouts/${rollout.id}/retry`)
      .send({ entityRefs: [REF] });
    expect(again.status).toBe(200);
    await kitchen.portal.round('rollouts');
    expect(await stateOf(rollout.id)).toMatchObject({ state: 'open' });
    await kitchen.portal.post(`/rollouts/${rollout.id}/stop`).send({});
  });

  it('lapse with the day, and with a newer version', async () => {
    await snooze({ until: inDays(0) });
    expect(await shown()).not.toBeNull();
    const { knex } = kitchen.portal;
    await knex('snoozes').update({ until: inDays(-1) });
    expect(await shown()).toBeNull();
    await snooze({}, PLATFORM);
    expect(await shown()).toMatchObject({ by: PLATFORM });
    await release('1.2.0');
    expect(await shown()).toBeNull();
  });

  it('are set by owners, for half a year at most, and with a reason', async () => {
    expect((await snooze({}, OTHER)).status).toBe(403);
    expect((await snooze({}, null)).status).toBe(401);
    expect((await wake(OTHER)).status).toBe(403);
    for (const wrong of [
      { until: inDays(-1) },
      { until: inDays(MOST_SNOOZE_DAYS + 1) },
      { until: 'soon' },
      { reason: ' ' },
      { entityRef: 'template:default/kettle' },
    ]) {
      expect((await snooze(wrong)).status).toBe(400);
    }
    const gone = { entityRef: 'component:default/nothing' };
    expect((await snooze(gone)).status).toBe(404);
  });
});
