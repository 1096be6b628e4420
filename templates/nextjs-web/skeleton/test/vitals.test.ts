import { expect, it } from 'vitest';
import { POST } from '@/app/vitals/route';
import { shared } from '@/server/shared';

function send(body: unknown, headers: Record<string, string> = {}) {
  const text = JSON.stringify(body);
  return POST(
    new Request('http://localhost/vitals', {
      method: 'POST',
      headers: {
        'content-length': String(text.length),
        'x-request-id': 'request-1',
        ...headers,
      },
      body: text,
    }),
  );
}

const metrics = () => shared().metrics.registry.metrics();

it('counts a vital in seconds, by route', async () => {
  const response = await send({ name: 'LCP', value: 2400, path: '/anything' });
  expect(response.status).toBe(204);
  const text = await metrics();
  expect(text).toContain(
    'web_vitals_lcp_seconds_sum{http_route="unmatched"} 2.4',
  );
  expect(text).toContain(
    'web_vitals_lcp_seconds_bucket{le="2.5",http_route="unmatched"} 1',
  );
});

it('counts a shift as the score it is', async () => {
  await send({ name: 'CLS', value: 0.07, path: '/' });
  expect(await metrics()).toMatch(/^web_vitals_cls_sum\{.*\} 0\.07$/m);
});

it.each([
  ['another vital', { name: 'FID', value: 1, path: '/' }],
  ['a negative value', { name: 'INP', value: -1, path: '/' }],
  ['more than can be', { name: 'INP', value: 1e9, path: '/' }],
  ['text as value', { name: 'INP', value: '1', path: '/' }],
  ['an address as path', { name: 'INP', value: 1, path: 'https://x.example' }],
  ['a field more', { name: 'INP', value: 1, path: '/', user: 'me' }],
  ['nothing', null],
])('refuses %s', async (_name, body) => {
  const response = await send(body);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({
    status: 400,
    instance: 'request-1',
  });
  expect(await metrics()).not.toMatch(/^web_vitals_inp_seconds_count\{/m);
});

it('takes reports of its own pages only, and short ones', async () => {
  const body = { name: 'INP', value: 1, path: '/' };
  const foreign = await send(body, { 'sec-fetch-site': 'cross-site' });
  expect(foreign.status).toBe(403);
  const long = await send({ ...body, path: `/${'x'.repeat(600)}` });
  expect(long.status).toBe(413);
  const endless = await send(body, { 'content-length': '' });
  expect(endless.status).toBe(413);
});
