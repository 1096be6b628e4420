import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { shutdown } from '../src/lifecycle.ts';
import { startApp } from './support.ts';

/** Asks over a real connection; resolves with the status. */
function ask(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, response => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    }).on('error', reject);
  });
}

it('finishes the request in flight, then takes no more', async () => {
  const { app, logger, readiness } = await startApp();
  const arrived = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  app.get('/slow', async () => {
    arrived.resolve();
    await release.promise;
    return { done: true };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const slow = ask(`${url}/slow`);
  await arrived.promise;
  const stopped = shutdown({
    logger,
    drain: () => readiness.drain(),
    delayMs: 0,
    timeoutMs: 60_000,
    close: () => app.close(),
  });
  expect(readiness.draining).toBe(true);
  release.resolve();

  expect(await slow).toBe(200);
  expect(await stopped).toBe(0);
  await expect(ask(`${url}/healthz`)).rejects.toThrow('ECONNREFUSED');
});

it('gives up on a request that never ends', async () => {
  const { app, logger, readiness } = await startApp();
  const code = await shutdown({
    logger,
    drain: () => readiness.drain(),
    delayMs: 0,
    timeoutMs: 1,
    close: () => new Promise(() => {}),
  });
  expect(code).toBe(1);
  await app.close();
});
