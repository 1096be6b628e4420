import { createHmac, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Knex } from 'knex';
import { OLD_SECRET, push, SECRET, sha, signed } from '../__testUtils__/github';
import {
  JONAS,
  MAYA,
  Portal,
  settle,
  startPortal,
  testDatabases,
} from '../__testUtils__/portal';

jest.setTimeout(60_000);
const open = testDatabases();

describe('ingest', () => {
  let knex: Knex;
  let one: Portal;
  let two: Portal;

  const rows = () => knex('inbox').select().orderBy('id');
  const deliveries = async (query = '') => {
    const { body, status } = await one.get(`/deliveries${query}`, JONAS);
    expect(status).toBe(200);
    return body;
  };

  beforeEach(async () => {
    knex = await open();
    [one, two] = [await startPortal({ knex }), await startPortal({ knex })];
  });
  afterEach(async () => {
    await one.stop();
    await two.stop();
  });

  it('keeps a delivery once that comes 100 times at once to two replicas', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        (i % 2 ? one : two).deliver(push(0, [1]), 'the-same'),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(
      new Set([202]),
    );
    expect(answers.filter(({ body }) => !body.duplicate)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await settle(knex, one, two);
    expect(await rows()).toEqual([
      expect.objectContaining({ state: 'done', observations: 1 }),
    ]);
    expect(await knex('observations').select()).toHaveLength(1);
  });

  it('takes either key, and nothing that is not signed as it was sent', async () => {
    const { text, headers } = await signed(push(0, [1]), 'd');
    const signature = headers['x-hub-signature-256'];
    const send = async (
      body: string,
      more: Record<string, string | undefined>,
    ) => {
      const all = Object.entries({ ...headers, ...more }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      return (await one.send(body, Object.fromEntries(all))).status;
    };
    const sha1 = `sha1=${createHmac('sha1', SECRET)
      .update(text)
      .digest('hex')}`;
    const none = { 'x-hub-signature-256': undefined };

    expect(await send(text, none)).toBe(401);
    expect(await send(text, { ...none, 'x-hub-signature': sha1 })).toBe(401);
    for (const forged of [
      sha1,
      signature.slice(0, -1),
      signature.replace('sha256=', 'sha1='),
      'sha256=',
      randomBytes(32).toString('hex'),
    ]) {
      expect(await send(text, { 'x-hub-signature-256': forged })).toBe(403);
    }
    const again = JSON.stringify(JSON.parse(text), null, 1);
    expect(await send(again, {})).toBe(403);
    expect(await send('', {})).toBe(403);
    expect(await rows()).toEqual([]);

    expect((await one.deliver(push(0, [1]), 'a', SECRET)).status).toBe(202);
    expect((await one.deliver(push(0, [2]), 'b', OLD_SECRET)).status).toBe(202);
    const third = await one.deliver(push(0, [3]), 'c', 'some-other-secret');
    expect(third.status).toBe(403);
    expect(await rows()).toHaveLength(2);
  });

  it('is open only where deliveries are posted', async () => {
    for (const path of [
      '/webhooks',
      '/webhooks/',
      '/webhooks/github/',
      '/webhooks/github/admin',
      '/webhooks/github/../toy/x',
      '/webhooks/GitHub',
      '/webhooks/gitlab',
      '/deliveries',
      '/rebuild',
    ]) {
      expect([path, (await one.post(path, null)).status]).toEqual([path, 401]);
    }
    for (const path of [
      '/webhooks/github',
      '/webhooks/github/../../deliveries',
      '/deliveries',
      '/deployments',
    ]) {
      expect([path, (await one.get(path, null)).status]).toEqual([path, 401]);
    }
    expect((await one.get('/webhooks/github', MAYA)).status).toBe(404);
    expect((await one.get('/deliveries', MAYA)).status).toBe(403);
    expect((await one.post('/deliveries/1/replay', MAYA)).status).toBe(403);
    expect((await one.post('/rebuild', MAYA)).status).toBe(403);
    expect(one.audited).toEqual([
      { eventId: 'delivery-replay', ok: false },
      { eventId: 'rebuild', ok: false },
    ]);
  });

  it('refuses what is too large, also once decompressed, and what is too deep', async () => {
    const large = { event: 'push', body: { text: 'x'.repeat(11_000_000) } };
    expect((await one.deliver(large, 'large')).status).toBe(413);

    const zeros = Buffer.alloc(200 * 1024 * 1024);
    const { headers } = await signed(large, 'bomb');
    const before = process.memoryUsage.rss();
    const bomb = await one.send(gzipSync(zeros), {
      ...headers,
      'content-encoding': 'gzip',
    });
    expect(bomb.status).toBe(413);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);

    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const signature = createHmac('sha256', SECRET).update(deep).digest('hex');
    const refused = await one.send(deep, {
      ...headers,
      'x-hub-signature-256': `sha256=${signature}`,
    });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain('nested');
    expect(await rows()).toEqual([]);
    expect((await one.deliver(push(0, [1]), 'next')).status).toBe(202);
  });

  it('puts what it cannot read into quarantine, and reads it when it can', async () => {
    const { body } = push(0, [1]);
    await one.deliver({ event: 'push', body: { ...body, commits: 7 } }, 'm');
    await one.deliver({ event: 'weather', body: {} }, 'u');
    await one.deliver({ event: 'star', body: {} }, 'i');
    one.toy.broken = true;
    two.toy.broken = true;
    const observed = {
      kind: 'ancestry',
      repository: 'git.example.com/tidewater/pricing',
      sha: sha(2),
      ancestor: sha(1),
    };
    expect((await one.observe([observed])).status).toBe(202);
    await settle(knex, one, two);

    const quarantine = await deliveries('?state=quarantined');
    expect(quarantine.counts).toEqual({
      waiting: 0,
      done: 0,
      ignored: 1,
      quarantined: 3,
    });
    expect(quarantine.items).toMatchObject([
      { source: 'toy', reason: 'The toy is broken' },
      { deliveryId: 'u', reason: 'Events of type weather are not known' },
      { deliveryId: 'm', reason: expect.stringContaining('commits: ') },
    ]);
    expect((await deliveries('?limit=1&state=quarantined')).next).toBe(
      quarantine.items[0].id,
    );

    one.toy.broken = false;
    two.toy.broken = false;
    const [{ id }] = quarantine.items;
    const replay = await one.post(`/deliveries/${id}/replay`, JONAS);
    expect(replay.status).toBe(202);
    expect(replay.body).toMatchObject({ id, state: 'waiting' });
    await settle(knex, one, two);
    const [latest] = (await deliveries()).items;
    expect(latest).toMatchObject({ id, state: 'done', observations: 1 });
    expect(latest.reason).toBeUndefined();
    expect(one.audited).toEqual([{ eventId: 'delivery-replay', ok: true }]);
    expect((await one.post('/deliveries/999/replay', JONAS)).status).toBe(404);
    expect((await one.post('/deliveries/x/replay', JONAS)).status).toBe(400);
  });

  it('says 5xx while it cannot keep anything, and takes the same again later', async () => {
    await knex.schema.renameTable('inbox', 'elsewhere');
    const refused = await one.deliver(push(0, [1]), 'a');
    expect(refused.status).toBe(500);
    await knex.schema.renameTable('elsewhere', 'inbox');
    expect((await one.deliver(push(0, [1]), 'a')).body.duplicate).toBe(false);
  });

  it('holds back a flood of one source, from this machine too, and no other', async () => {
    const rateLimit = { window: { hours: 1 }, deliveries: 5 };
    const small = await startPortal({
      knex,
      dora: {
        ingest: { rateLimit },
        sources: { github: { secrets: [SECRET] } },
      },
    });
    try {
      const statuses = [];
      for (let i = 0; i < 7; i += 1) {
        statuses.push((await small.deliver(push(0, [1]), `f${i}`)).status);
      }
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429]);
      expect((await small.observe([])).status).toBe(202);
      expect((await one.deliver(push(0, [1]), 'g')).status).toBe(202);
    } finally {
      await small.stop();
    }
  });
});
