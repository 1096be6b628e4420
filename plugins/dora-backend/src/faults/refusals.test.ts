import { createHmac, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { OLD_SECRET, push, SECRET, signed } from '../__testUtils__/github';
import { Replica } from './__testUtils__/Replica';
import { times, World } from './__testUtils__/World';

jest.setTimeout(120_000 * times(1));

/** Deliveries of a source that a replica takes. */
const LIMIT = 300 * times(1);

const atOnce = <T>(count: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => act(i)));

describe('what two replicas refuse', () => {
  let world: World;
  let one: Replica;
  let two: Replica;

  beforeAll(async () => {
    world = await World.make();
    const rateLimit = { window: { hours: 1 }, deliveries: LIMIT };
    const options = { dora: { ingest: { rateLimit } } };
    [one, two] = [await world.replica(options), await world.replica(options)];
    one.launch();
    two.launch();
    await one.ready();
    await two.ready();
  });
  afterAll(() => world?.end());

  it('is what is not signed as it was sent, with one of two keys', async () => {
    const { text, headers } = await signed(push(0, [1]), 'd');
    const { 'x-hub-signature-256': signature, ...unsigned } = headers;
    const hash = (algorithm: string, key: string) =>
      createHmac(algorithm, key).update(text).digest('hex');
    const with256 = (value: string) => ({
      ...unsigned,
      'x-hub-signature-256': value,
    });
    const again = JSON.stringify(JSON.parse(text), null, 1);
    const tries: [number, string, Record<string, string>][] = [
      [401, text, unsigned],
      [
        401,
        text,
        { ...unsigned, 'x-hub-signature': `sha1=${hash('sha1', SECRET)}` },
      ],
      [403, text, with256(`sha1=${hash('sha1', SECRET)}`)],
      [403, text, with256(signature.slice(0, -1))],
      [403, text, with256('sha256=')],
      [403, text, with256(randomBytes(32).toString('hex'))],
      [403, text, with256(`sha256=${hash('sha256', 'of-somebody-else')}`)],
      [403, again, headers],
      [403, `${text} `, headers],
      [403, '', headers],
    ];
    for (const replica of [one, two]) {
      for (const [status, body, sent] of tries) {
        const answer = await replica.send(body, sent);
        expect([body, sent, answer.status]).toEqual([body, sent, status]);
      }
    }
    expect(await world.count('inbox')).toBe(0);

    expect((await one.deliver(push(0, [1]), 'new', SECRET)).status).toBe(202);
    expect((await two.deliver(push(0, [1]), 'old', OLD_SECRET)).status).toBe(
      202,
    );
    expect(await world.count('inbox')).toBe(2);
  });

  it('is all beside the one open path', async () => {
    for (const path of [
      '/webhooks/../x',
      '/webhooks/github/../x',
      '/webhooks/github/../../deliveries',
      '/webhooks/github/../../rebuild',
      '/webhooks/..%2frebuild',
      '/webhooks/github%2fadmin',
      '/webhooks/github/',
      '/webhooks/github//',
      '/webhooks/github/admin',
      '/webhooks//github',
      '/webhooks/GitHub',
      '/webhooks/gitlab',
      '/webhooks/',
      '/webhooks',
      '/rebuild',
      '/deliveries/1/replay',
    ]) {
      const { status } = await one.call('POST', `/api/dora${path}`);
      expect([path, status]).toEqual([path, 401]);
    }
    for (const path of ['/webhooks/github', '/deliveries', '/metrics']) {
      const { status } = await two.call('GET', `/api/dora${path}`);
      expect([path, status]).toEqual([path, 401]);
    }
  });

  it('is what is too large, also once decompressed, and what is too deep', async () => {
    const kept = await world.count('inbox');
    const { headers } = await signed(push(0, [1]), 'refused');
    const large = Buffer.alloc(11 * 1024 * 1024, 'x');
    const bomb = gzipSync(Buffer.alloc(500 * 1024 * 1024));
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const hash = createHmac('sha256', SECRET).update(deep).digest('hex');
    const tries = [
      { body: large, more: {} as Record<string, string>, status: 413 },
      { body: bomb, more: { 'content-encoding': 'gzip' }, status: 413 },
      {
        body: Buffer.from(deep),
        more: { 'x-hub-signature-256': `sha256=${hash}` },
        status: 400,
      },
    ];
    const before = one.peakMiB();
    one.forgetPeak();
    const send = (body: Buffer, more: Record<string, string>) =>
      one.send(body, { ...headers, ...more });
    for (const { body, more, status } of tries) {
      const answers = await atOnce(times(10), () => send(body, more));
      expect(new Set(answers.map(answer => answer.status))).toEqual(
        new Set([status]),
      );
    }
    expect(one.peakMiB() - before).toBeLessThan(200);
    expect(await world.count('inbox')).toBe(kept);
    expect((await one.deliver(push(0, [1]), 'next')).status).toBe(202);
  });

  it('is a flood of one source, and no other', async () => {
    const send = (id: string) => one.deliver(push(0, [1]), id);
    const statuses: number[] = [];
    for (let i = 0; !statuses.includes(429); i += 1) {
      expect(statuses.length).toBeLessThan(LIMIT + 50);
      const answers = await atOnce(50, j => send(`flood-${i}-${j}`));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect([...new Set(statuses)].sort()).toEqual([202, 429]);
    const accepted = statuses.filter(status => status === 202).length;
    const flood = await world
      .knex('inbox')
      .where('delivery_id', 'like', 'flood-%')
      .count();
    expect(Number(flood[0].count)).toBe(accepted);

    expect((await one.deliver(push(0, [1]), 'more')).status).toBe(429);
    expect((await one.observe([])).status).toBe(202);
    expect((await two.deliver(push(0, [1]), 'more')).status).toBe(202);
  });
});
