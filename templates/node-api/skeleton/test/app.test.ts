import { afterAll, describe, expect, it } from 'vitest';
import { createMetricsServer } from '../src/metrics.ts';
import { startApp } from './support.ts';

const { app, lines, readiness, registry } = await startApp({
  BODY_LIMIT_BYTES: '1024',
});
app.get('/boom', () => {
  throw new Error('connection to db-7 refused');
});
afterAll(() => app.close());

describe('problems', () => {
  it('answers an unknown path', async () => {
    const response = await app.inject('/nothing-here');
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ status: 404, title: 'Not found' });
  });

  it('keeps an internal error inside, and logs it with the same id', async () => {
    const response = await app.inject('/boom');
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('db-7');
    const { instance } = response.json();
    expect(response.headers['x-request-id']).toBe(instance);
    expect(lines).toContainEqual(
      expect.objectContaining({ reqId: instance, msg: 'request failed' }),
    );
  });

  it('refuses a body over the limit', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/quotes',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ currency: 'x'.repeat(2048) }),
    });
    expect(response.statusCode).toBe(413);
  });
});

describe('request ids', () => {
  it('takes a harmless one and replaces any other', async () => {
    const good = await app.inject({
      url: '/healthz',
      headers: { 'x-request-id': 'order-4711-a' },
    });
    expect(good.headers['x-request-id']).toBe('order-4711-a');
    const bad = await app.inject({
      url: '/healthz',
      headers: { 'x-request-id': '<script>alert(1)</script>' },
    });
    expect(bad.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('metrics', () => {
  it('counts by route pattern, not by URL, and leaves probes out', async () => {
    await app.inject('/v1/nothing/1');
    await app.inject('/v1/nothing/2');
    await app.inject('/healthz');
    const server = createMetricsServer(registry);
    const { body, headers } = await server.inject('/metrics');
    await server.close();
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain('process_cpu_seconds_total');
    expect(body).toMatch(
      /_count\{http_request_method="_OTHER",http_route="unmatched",http_response_status_code="404"\} \d/,
    );
    expect(body).not.toContain('/v1/nothing');
    expect(body).not.toContain('/healthz');
  });

  it('are not served on the public port', async () => {
    expect((await app.inject('/metrics')).statusCode).toBe(404);
  });
});

describe('probes', () => {
  it('stay healthy but turn unready while draining', async () => {
    expect((await app.inject('/readyz')).statusCode).toBe(200);
    readiness.drain();
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    expect((await app.inject('/readyz')).statusCode).toBe(503);
  });
});
