import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createParcelsClient, ParcelsApiError } from '@/parcels/client';
import { createSampleApi, sampleNumbers } from '@/parcels/sample';

const PARCEL = 'TW482915370DE';
const servers: Server[] = [];

/** A client of an API that answers like this. */
async function clientOf(api: Server | RequestListener) {
  const server = typeof api === 'function' ? createServer(api) : api;
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  return createParcelsClient({ url, timeoutSeconds: 0.2 });
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

it('reads every sample, with a journey that is latest first', async () => {
  const client = await clientOf(createSampleApi());
  for (const { number, shows } of sampleNumbers) {
    const parcel = await client.parcel(number);
    expect(parcel?.number).toBe(number);
    expect(parcel?.state.replaceAll('-', ' ')).toBe(shows);
    const times = (await client.journey(number))?.events.map(({ at }) => at);
    expect(times).toEqual(times?.toSorted().reverse());
  }
});

it('knows no parcel where there is none', async () => {
  const client = await clientOf(createSampleApi());
  expect(await client.parcel('RR473124829DE')).toBeUndefined();
  expect(await client.journey('RR473124829DE')).toBeUndefined();
});

it('keeps a number inside its part of the path', async () => {
  const asked: (string | undefined)[] = [];
  const client = await clientOf((request, response) => {
    asked.push(request.url);
    response.writeHead(404).end();
  });
  await client.parcel('../admin?x=1');
  expect(asked).toEqual(['/v1/parcels/..%2Fadmin%3Fx%3D1']);
});

it.each<[string, RequestListener, RegExp]>([
  [
    'an error',
    (_request, response) => response.writeHead(503).end(),
    /answered 503/,
  ],
  ['no JSON', (_request, response) => response.end('<html>'), /JSON/],
  [
    'another shape',
    (_request, response) =>
      response.end('{"number":"x","state":"lost","destination":"x"}'),
    /wrong state, timeZone/,
  ],
  ['nothing at all', () => {}, /timeout/],
  [
    'a way elsewhere',
    (_request, response) =>
      response.writeHead(302, { location: 'http://other.example' }).end(),
    /fetch failed/,
  ],
])('fails when the API answers with %s', async (_name, api, reason) => {
  const client = await clientOf(api);
  const answer = client.parcel(PARCEL);
  await expect(answer).rejects.toThrow(ParcelsApiError);
  await expect(answer).rejects.toThrow(reason);
});
