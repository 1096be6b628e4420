import {
  formatScaffoldRecord,
  parseScaffoldRecord,
  RolloutPage,
  SCAFFOLD_RECORD_PATH,
} from '@waymark/backstage-plugin-golden-paths-common';
import { HOT, Kitchen, startKitchen } from '../__testUtils__/kitchen';
import { DEVELOPER, PLATFORM, testDatabases } from '../__testUtils__/portal';

jest.setTimeout(120_000);
const open = testDatabases();
const NOBODY = 'user:default/nobody';
const TEMPLATE = 'template:default/kettle';
const refOf = (name: string) => `component:default/${name}`;

describe('rollouts', () => {
  let kitchen: Kitchen;
  const ask = (
    path: string,
    body: object = {},
    who: string | null = PLATFORM,
  ) => kitchen.portal.post(`/rollouts${path}`, who).send(body);
  const start = async (canary: string, more: object = {}) => {
    const answer = await ask('', {
      templateRef: TEMPLATE,
      reason: 'A hole in the whistle',
      canary: refOf(canary),
      ...more,
    });
    expect(answer.body.error).toBeUndefined();
    return answer.body.rollout.id as string;
  };
  const page = async (id: string): Promise<RolloutPage> =>
    (await kitchen.portal.get(`/rollouts/${id}`)).body;
  const work = () => kitchen.portal.round('rollouts');
  const states = async (id: string) => {
    const { services } = await page(id);
    return Object.fromEntries(
      services.map(one => [one.entityRef.split('/')[1], one.state]),
    );
  };
  const pulls = (name: string) =>
    kitchen.api('GET', `/${name}/pulls?state=all`);
  const rows = (name: string) =>
    kitchen.portal
      .knex('rollout_services')
      .where({ entity_ref: refOf(name), state: 'due' });

  beforeEach(async () => {
    kitchen = await startKitchen(open);
    for (const name of ['basket', 'ledger', 'shop', 'till']) {
      await kitchen.make(name);
    }
    await kitchen.release('1.1.0', { Fifth: 'Fifth, by the golden path' });
    await kitchen.portal.look();
  });
  afterEach(() => kitchen.stop());

  it('begin with one service, go on in batches when told to, and end with all', async () => {
    await kitchen.edit('shop', { Fifth: 'Fifth, by its owners' });
    const id = await start('ledger', { batchSize: 2, afterBatch: 'ask' });
    await work();
    expect(await states(id)).toEqual({
      ledger: 'open',
      basket: 'waiting',
      shop: 'waiting',
      till: 'waiting',
    });
    expect((await page(id)).rollout).toMatchObject({
      state: 'waiting',
      waitsFor: 'canary',
      version: '1.1.0',
      counts: { open: 1, waiting: 3 },
    });
    expect(kitchen.sent.map(({ recipients }) => recipients)).toEqual([
      { type: 'entity', entityRef: 'group:default/checkout' },
      { type: 'entity', entityRef: PLATFORM },
    ]);
    expect(kitchen.sent[0].payload).toMatchObject({
      description: 'A hole in the whistle',
      link: '/catalog/default/component/ledger',
    });
    const [{ body }] = await pulls('ledger');
    expect(body).toContain('Asked for by [jonas]');
    expect(body).toContain('> A hole in the whistle');

    // What the template becomes meanwhile is not what was begun with.
    await kitchen.release('1.2.0', { First: 'First, later' });
    expect((await ask(`/${id}/go-on`)).status).toBe(200);
    await work();
    expect(await states(id)).toEqual({
      ledger: 'open',
      basket: 'open',
      shop: 'conflict',
      till: 'waiting',
    });
    expect((await page(id)).rollout.waitsFor).toBe('batch');
    expect(await kitchen.lines('basket', 'waymark/upgrade-basket')).toEqual(
      expect.arrayContaining(['First', 'Fifth, by the golden path']),
    );
    await ask(`/${id}/go-on`);
    await work();
    expect((await page(id)).rollout).toMatchObject({ state: 'done' });

    await kitchen.end('basket', 1, 'merge');
    await kitchen.end('till', 1, 'close');
    expect(await states(id)).toEqual({
      ledger: 'open',
      basket: 'merged',
      shop: 'conflict',
      till: 'closed',
    });
    expect((await ask(`/${id}/go-on`)).status).toBe(409);
    const list = await kitchen.portal.get('/rollouts');
    expect(list.body.error).toBeUndefined();
    expect(list.body.items).toEqual([
      expect.objectContaining({ id, state: 'done' }),
    ]);
  });

  it('go on by themselves once the first is merged, and ask where it is closed', async () => {
    const id = await start('basket', { afterCanary: 'merge' });
    await work();
    expect((await page(id)).rollout.waitsFor).toBe('merge');
    await kitchen.end('basket', 1, 'close');
    await work();
    expect((await page(id)).rollout.waitsFor).toBe('canary');

    const again = await ask(`/${id}/retry`, { entityRefs: [refOf('basket')] });
    expect(again.status).toBe(200);
    await work();
    expect(await states(id)).toMatchObject({ basket: 'open', shop: 'waiting' });
    await kitchen.end('basket', 2, 'merge');
    await work();
    expect((await page(id)).rollout.state).toBe('done');
    expect(await states(id)).toMatchObject({ basket: 'merged', shop: 'open' });

    // The catalog learns what was merged, and the drift is gone.
    await kitchen.portal.look();
    const drift = await kitchen.portal.get('/drift?standing=current');
    expect(drift.body.error).toBeUndefined();
    expect(drift.body.items).toEqual([
      expect.objectContaining({ entityRef: refOf('basket'), upgrade: null }),
    ]);
    const behind = await kitchen.portal.get('/drift?standing=behind');
    expect(behind.body.items).toHaveLength(3);
    expect(behind.body.items[0].upgrade).toMatchObject({ state: 'open' });
  });

  it('answer what the new version asks for those who have not', async () => {
    await kitchen.release(...HOT);
    await kitchen.portal.round('templates');
    const unknown = await ask('', {
      templateRef: TEMPLATE,
      reason: 'A hole in the whistle',
      canary: refOf('basket'),
      inputs: { haet: 'high' },
    });
    expect(unknown.status).toBe(400);
    expect(unknown.body.error.message).toContain('2.0.0 does not ask haet');

    const silent = await start('basket');
    await work();
    expect(await states(silent)).toMatchObject({ basket: 'needs-answers' });
    await ask(`/${silent}/stop`);

    const { inputs, ...recorded } = parseScaffoldRecord(
      (await kitchen.text('shop', SCAFFOLD_RECORD_PATH))!,
    );
    await kitchen.write('shop', {
      [SCAFFOLD_RECORD_PATH]: formatScaffoldRecord({
        ...recorded,
        inputs: { ...inputs, heat: 'low' },
      }),
    });
    const id = await start('basket', { inputs: { heat: 'high' } });
    await work();
    await ask(`/${id}/go-on`);
    await work();
    expect((await page(id)).rollout).toMatchObject({
      inputs: { heat: 'high' },
      counts: { open: 4 },
    });
    expect(await kitchen.lines('till', 'waymark/upgrade-till')).toContain(
      'Heat high',
    );
    expect(await kitchen.lines('shop', 'waymark/upgrade-shop')).toContain(
      'Heat low',
    );
  });

  it('survive a replica that dies, with one pull request for each service', async () => {
    const id = await start('basket', { batchSize: 3 });
    await work();
    await ask(`/${id}/pause`);
    await ask(`/${id}/go-on`);
    await work();
    expect(await states(id)).toMatchObject({ ledger: 'open', till: 'open' });

    // As it is left by one that dies after it opened and before it said so.
    const { knex } = kitchen.portal;
    await knex('upgrades')
      .where({ entity_ref: refOf('till') })
      .delete();
    await knex('rollout_services')
      .where({ entity_ref: refOf('till') })
      .update({
        state: 'due',
        claimed_by: 'dead',
        claimed_until: knex.raw(`now() + interval '1 hour'`),
        fence: 7,
      });
    await knex('rollouts').update({ state: 'running', ended_at: null });
    await work();
    expect(await states(id)).toMatchObject({ till: 'making' });
    await rows('till').update({ claimed_until: knex.fn.now() });
    await work();
    expect(await states(id)).toMatchObject({ till: 'open' });
    expect((await page(id)).rollout.state).toBe('done');
    for (const name of ['basket', 'ledger', 'shop', 'till']) {
      expect(await pulls(name)).toHaveLength(1);
    }
  });

  it('stop and ask when too much fails, say why, and do it again when told to', async () => {
    await kitchen.write('shop', { '.waymark/scaffold.yaml': 'no: record\n' });
    await kitchen.write('till', { '.waymark/scaffold.yaml': 'no: record\n' });
    const id = await start('basket', { batchSize: 3, maxFailedShare: 0.5 });
    await work();
    await ask(`/${id}/go-on`);
    await work();
    expect(await states(id)).toMatchObject({
      basket: 'open',
      ledger: 'open',
      shop: 'failed',
      till: 'failed',
    });
    const { rollout, services } = await page(id);
    // Nothing is left to be made: it has ended, and can be taken up again.
    expect(rollout.state).toBe('done');
    expect(services.find(one => one.state === 'failed')?.reason).toContain(
      'scaffold.yaml',
    );
    const { body } = await ask(`/${id}/retry`, {
      entityRefs: [refOf('ledger')],
    });
    expect(body.error.message).toContain('has nothing to retry');
    await ask(`/${id}/retry`);
    await work();
    expect(await states(id)).toMatchObject({ shop: 'failed', till: 'failed' });
  });

  it('wait for whoever started them after a batch that failed', async () => {
    await kitchen.write('ledger', { '.waymark/scaffold.yaml': 'no: record\n' });
    const id = await start('basket', { batchSize: 1 });
    await work();
    await ask(`/${id}/go-on`);
    await work();
    expect((await page(id)).rollout.waitsFor).toBe('failures');
    expect(kitchen.sent.at(-1)!.payload.description).toContain('failed');
    await ask(`/${id}/go-on`);
    await work();
    expect(await states(id)).toMatchObject({ shop: 'open', till: 'open' });
  });

  it('leave the rest out when they are stopped, and one runs at a time', async () => {
    const id = await start('basket', { leaveOut: [refOf('till')] });
    const second = {
      templateRef: TEMPLATE,
      reason: 'Again',
      canary: refOf('shop'),
    };
    expect((await ask('', second)).status).toBe(409);
    await work();
    expect((await ask(`/${id}/stop`)).body.rollout.state).toBe('stopped');
    expect(await states(id)).toEqual({
      basket: 'open',
      ledger: 'left-out',
      shop: 'left-out',
      till: 'left-out',
    });
    for (const deed of ['stop', 'pause', 'go-on', 'retry']) {
      expect((await ask(`/${id}/${deed}`)).status).toBe(409);
    }
    expect((await ask('', second)).status).toBe(201);
  });

  it('are for those who may, and for what they may see', async () => {
    const body = {
      templateRef: TEMPLATE,
      reason: 'Why',
      canary: refOf('shop'),
    };
    expect((await ask('', body, NOBODY)).status).toBe(403);
    expect((await ask('', body, null)).status).toBe(401);
    const refused = async (more: object) =>
      (await ask('', { ...body, ...more })).status;
    expect(await refused({ canary: refOf('nothing') })).toBe(400);
    expect(await refused({ leaveOut: [refOf('shop')] })).toBe(400);
    expect(await refused({ batchSize: 0 })).toBe(400);
    expect(await refused({ reason: ' ' })).toBe(400);
    expect(await refused({ templateRef: 'template:default/no' })).toBe(404);
    const id = await start('basket');
    expect((await ask(`/${id}/stop`, {}, NOBODY)).status).toBe(403);
    expect((await kitchen.portal.get('/rollouts/x')).status).toBe(400);
    expect((await kitchen.portal.get('/rollouts', null)).status).toBe(401);
    const theirs = await kitchen.portal.get(`/rollouts/${id}`, DEVELOPER);
    expect(theirs.status).toBe(200);
  });
});
