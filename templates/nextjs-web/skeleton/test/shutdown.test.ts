import { expect, it } from 'vitest';
import { createLogger } from '@/server/logger';
import { shutdown } from '@/server/shutdown';

const logger = createLogger('error', undefined, { write: () => {} });

it('turns readiness off first, waits, then closes', async () => {
  const order: string[] = [];
  const code = await shutdown({
    logger,
    drain: () => order.push('drain'),
    delaySeconds: 0,
    timeoutSeconds: 60,
    close: async () => {
      order.push('close');
    },
  });
  expect(order).toEqual(['drain', 'close']);
  expect(code).toBe(0);
});

it('gives up on a request that never ends', async () => {
  const code = await shutdown({
    logger,
    drain: () => {},
    delaySeconds: 0,
    timeoutSeconds: 0.001,
    close: () => new Promise(() => {}),
  });
  expect(code).toBe(1);
});

it('says so when closing fails', async () => {
  const code = await shutdown({
    logger,
    drain: () => {},
    delaySeconds: 0,
    timeoutSeconds: 1,
    close: async () => {
      throw new Error('the collector is gone');
    },
  });
  expect(code).toBe(1);
});
