import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { FactsError } from '../facts';
import { Collector } from './Collector';
import { collectWithContract } from './collectWithContract';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop' },
};
const credentials = {} as BackstageCredentials;

describe('collectWithContract', () => {
  const warnings: string[] = [];
  const logger = {
    warn: (message: string) => warnings.push(message),
  } as unknown as LoggerService;
  const collect = (
    answer: Collector<'delivery'>['collect'],
    { etag, timeoutMs }: { etag?: string; timeoutMs?: number } = {},
  ) =>
    collectWithContract(
      { part: 'delivery', timeoutMs, collect: answer },
      entity,
      { credentials, ...(etag && { etag }) },
      logger,
    );
  const data = { protection: null, environments: [], archived: false };

  it('hands over facts without what is no fact', async () => {
    const given = { data: { ...data, secret: 'x' }, source: 'host', etag: 'e' };
    expect(await collect(async () => given)).toEqual({
      kind: 'collected',
      data,
      source: 'host',
      etag: 'e',
    });
    expect(await collect(async () => ({ data: null, source: 'host' }))).toEqual(
      { kind: 'collected', data: null, source: 'host' },
    );
  });

  it('takes "not modified" only of what was known', async () => {
    const same = async () => 'not-modified' as const;
    expect(await collect(same, { etag: 'e' })).toEqual({
      kind: 'not-modified',
    });
    expect(await collect(same)).toMatchObject({ kind: 'unknown' });
  });

  it('ends a collector that takes too long, and tells it', async () => {
    let told: AbortSignal | undefined;
    const hanging = collect(
      (_, { signal }) => {
        told = signal;
        return new Promise(() => {});
      },
      { timeoutMs: 50 },
    );
    expect(await hanging).toEqual({
      kind: 'unknown',
      reason: 'It took longer than 0.05 s to read.',
      again: {},
    });
    expect(told?.aborted).toBe(true);
  });

  it.each([
    [new FactsError('The branch is gone.'), 'The branch is gone.'],
    [
      new Error('GET https://x-access-token:ghp_1@git.internal failed'),
      'It could not be read; the log of the portal says why.',
    ],
    [
      Object.assign(new Error('at /srv/a.ts'), { name: 'NotFoundError' }),
      'What is asked for is not there, or may not be read.',
    ],
    ['a text', 'It could not be read; the log of the portal says why.'],
    [undefined, 'It could not be read; the log of the portal says why.'],
  ])('says of %p: %s', async (thrown, reason) => {
    const expected = { kind: 'unknown', reason };
    expect(await collect(() => Promise.reject(thrown))).toEqual(expected);
    expect(
      await collect(() => {
        throw thrown;
      }),
    ).toEqual(expected);
  });

  it.each([
    [undefined],
    [null],
    [{}],
    [{ data: undefined, source: 'host' }],
    [{ data: { ...data, archived: 'ghp_secret' }, source: 'host' }],
    [{ data, source: '' }],
  ])('takes no %p for facts', async answer => {
    const collected = await collect(async () => answer as never);
    expect(collected).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/^The collector gave no facts: /),
    });
    expect(JSON.stringify([collected, warnings])).not.toContain('ghp_');
  });
});
