import { expect, it } from 'vitest';
import { startTelemetry } from '../src/telemetry.ts';
import { startCollector } from './collector.ts';
import { startApp } from './support.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

it('joins the trace of the caller and sends it to the collector', async () => {
  const collector = await startCollector();
  const telemetry = startTelemetry(collector.endpoint);
  const { app, lines } = await startApp({}, { telemetry });
  await app.inject({
    url: '/openapi.json',
    headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` },
  });
  await app.inject('/healthz');
  await app.close();
  await telemetry.shutdown();
  collector.close();

  const sent = collector.received();
  expect(sent.includes(Buffer.from(TRACE, 'hex'))).toBe(true);
  expect(sent.includes('GET /openapi.json')).toBe(true);
  expect(sent.includes('/healthz')).toBe(false);
  expect(lines).toContainEqual(expect.objectContaining({ trace_id: TRACE }));
});
