import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createSampleApi } from '../src/parcels/sample.ts';
import { listen, run, startService } from './service.ts';
import { expect, test } from './test.ts';

const PARCEL = '/parcels/TW482915370DE';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

test('every page has a policy with a nonce of its own', async ({ request }) => {
  const nonces = new Set<string>();
  for (const path of ['/', PARCEL, '/no/such/page']) {
    const response = await request.get(path);
    const headers = response.headers();
    const policy = headers['content-security-policy'] ?? '';
    const nonce = /'nonce-([^']{22,})'/.exec(policy)?.[1] ?? '';
    nonces.add(nonce);
    expect(policy).not.toContain('unsafe');
    const scripts = (await response.text()).match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(nonce);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'strict-transport-security': expect.stringContaining('max-age='),
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  }
  expect(nonces.size).toBe(3);
});

test('measures requests by the pattern of their route', async ({
  request,
  service,
}) => {
  await request.get(PARCEL);
  await request.get('/no/such/page');
  const metrics = await service.metrics();
  for (const labels of [
    'http_route="/parcels/[number]",http_response_status_code="200"',
    'http_route="unmatched",http_response_status_code="404"',
  ]) {
    expect(metrics).toContain(
      `http_server_request_duration_seconds_bucket{le="0.3",http_request_method="GET",${labels}}`,
    );
  }
  expect(metrics).toContain('process_start_time_seconds');
  expect(metrics).not.toContain('TW482915370DE');
  expect(metrics).not.toContain('/readyz');
});

test('names a wrong variable, not its value, and ends with 78', async () => {
  const { child, stderr } = run({ PORT: 'secret' });
  expect(await once(child, 'exit')).toEqual([78, null]);
  expect(stderr()).toContain('PORT: ');
  expect(stderr()).not.toContain('secret');
});

test('finishes the request in flight when it is asked to stop', async () => {
  const arrived = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const sample = createSampleApi();
  const slow = createServer(async (request, response) => {
    arrived.resolve();
    await release.promise;
    sample.emit('request', request, response);
  });
  const service = await startService({
    PARCELS_API_URL: await listen(slow),
    PARCELS_API_TIMEOUT_SECONDS: '20',
    SHUTDOWN_DELAY_SECONDS: '1',
  });
  const page = fetch(`${service.url}${PARCEL}`);
  await arrived.promise;
  service.process.kill('SIGTERM');
  const ended = once(service.process, 'exit');

  await expect
    .poll(async () => (await fetch(`${service.url}/readyz`)).status)
    .toBe(503);
  expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
  await expect
    .poll(() => fetch(`${service.url}/healthz`).catch(() => 'closed'))
    .toBe('closed');
  release.resolve();

  const response = await page;
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('Handed over by the sender');
  const answered = performance.now();
  expect(await ended).toEqual([0, null]);
  // It does not wait for connections that only might be used again.
  expect(performance.now() - answered).toBeLessThan(3_000);
  expect(service.log().at(-1)).toMatchObject({ msg: 'stopped' });
  slow.close();
});

test('joins the trace of the caller and carries it on', async () => {
  const received: Buffer[] = [];
  const collector = createServer(async (request, response) => {
    received.push(await buffer(request));
    response.end();
  });
  const passedOn: (string | undefined)[] = [];
  const sample = createSampleApi();
  sample.on('request', request => {
    passedOn.push(String(request.headers.traceparent));
  });
  const service = await startService({
    OTEL_EXPORTER_OTLP_ENDPOINT: await listen(collector),
    OTEL_SERVICE_NAME: 'parcels-page',
    PARCELS_API_URL: await listen(sample),
  });
  await fetch(`${service.url}${PARCEL}`, {
    headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` },
  });
  const untraced = await fetch(`${service.url}/healthz`);
  expect(untraced.ok).toBe(true);
  service.process.kill('SIGTERM');
  await once(service.process, 'exit');

  const sent = Buffer.concat(received);
  expect(sent.includes(Buffer.from(TRACE, 'hex'))).toBe(true);
  expect(sent.includes('GET /parcels/[number]')).toBe(true);
  expect(sent.includes('parcels-page')).toBe(true);
  expect(sent.includes('/healthz')).toBe(false);
  expect(passedOn).toHaveLength(2);
  for (const header of passedOn) expect(header).toContain(TRACE);
  expect(service.log()).toContainEqual(
    expect.objectContaining({
      msg: 'request',
      route: '/parcels/[number]',
      trace_id: TRACE,
    }),
  );
  collector.close();
  sample.close();
});
