import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer, get, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createLogger } from '@/server/logger';
import { createMetrics } from '@/server/metrics';
import { observeRequests, type RequestRecord } from '@/server/requests';
import { createRouteMatcher, readRoutes } from '@/server/routes';

const matchRoute = createRouteMatcher({
  staticRoutes: [
    { page: '/', regex: '^/(?:/)?$' },
    { page: '/healthz', regex: '^/healthz(?:/)?$' },
  ],
  dynamicRoutes: [
    { page: '/parcels/[number]', regex: '^/parcels/([^/]+?)(?:/)?$' },
  ],
});

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A server whose requests are observed, and what was written about them. */
async function observed(listener: RequestListener) {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger('debug', undefined, {
    write: line => void lines.push(JSON.parse(line)),
  });
  const current = new AsyncLocalStorage<RequestRecord>();
  const metrics = createMetrics();
  const server = createServer((request, response) => {
    response.on('finish', () => {
      ids.push(current.getStore()?.id);
    });
    listener(request, response);
  });
  const ids: (string | undefined)[] = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { stop } = observeRequests(
    { logger, metrics, matchRoute, current },
    request => request.socket.localPort === port,
  );
  ends.push(stop, () => server.close());
  return { url: `http://127.0.0.1:${port}`, lines, metrics, ids };
}

const ok: RequestListener = (_request, response) => response.end('ok');

it('counts and logs by pattern, never by path', async () => {
  const { url, lines, metrics } = await observed(ok);
  await fetch(`${url}/parcels/TW482915370DE?secret=1`);
  await fetch(`${url}/wp-login.php`, { method: 'OPTIONS' });
  await fetch(`${url}/healthz`);

  const text = await metrics.registry.metrics();
  expect(text).toContain(
    'http_server_request_duration_seconds_count{http_request_method="GET",http_route="/parcels/[number]",http_response_status_code="200"} 1',
  );
  expect(text).toContain(
    '{http_request_method="_OTHER",http_route="unmatched",http_response_status_code="200"} 1',
  );
  expect(text).not.toMatch(/TW482915370DE|wp-login|healthz/);
  expect(lines.map(({ level, route }) => [level, route])).toEqual([
    ['info', '/parcels/[number]'],
    ['info', 'unmatched'],
    ['debug', '/healthz'],
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/TW482915370DE|secret/);
});

it('knows no route before the first build', () => {
  const matchRoute = readRoutes('no/such/manifest.json');
  expect(matchRoute('/parcels/TW482915370DE')).toBe('unmatched');
});

it('keeps a harmless request id, replaces any other, and passes it on', async () => {
  const { url, ids } = await observed(ok);
  const ask = async (id: string) => {
    const response = await fetch(url, { headers: { 'x-request-id': id } });
    return response.headers.get('x-request-id');
  };
  expect(await ask('caller-0001')).toBe('caller-0001');
  const made = await ask('{"level":"error"}');
  expect(made).toMatch(/^[\w-]{36}$/);
  expect(ids).toEqual(['caller-0001', made]);
});

it('counts a caller who went away', async () => {
  const arrived = Promise.withResolvers<void>();
  const { url, lines } = await observed(() => arrived.resolve());
  const request = get(url, { agent: false }).on('error', () => {});
  await arrived.promise;
  request.destroy();
  await expect.poll(() => lines[0]).toMatchObject({ status: 499 });
});
