import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { startTelemetry } from '../src/telemetry.ts';
import { startApp } from './support.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const received: Buffer[] = [];
const collector = createServer(async (request, response) => {
  received.push(await buffer(request));
  response.end();
});
await new Promise<void>(resolve => {
  collector.listen(0, '127.0.0.1', resolve);
});
afterAll(() => {
  collector.close();
});

it('joins the trace of the caller and sends it to the collector', async () => {
  const { port } = collector.address() as AddressInfo;
  const telemetry = startTelemetry(`http://127.0.0.1:${port}`);
  const { app, lines } = await startApp({}, telemetry);
  await app.inject({
    url: '/openapi.json',
    headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` },
  });
  await app.inject('/healthz');
  await app.close();
  await telemetry.shutdown();

  const sent = Buffer.concat(received);
  expect(sent.includes(Buffer.from(TRACE, 'hex'))).toBe(true);
  expect(sent.includes('GET /openapi.json')).toBe(true);
  expect(sent.includes('/healthz')).toBe(false);
  expect(lines).toContainEqual(expect.objectContaining({ trace_id: TRACE }));
});
