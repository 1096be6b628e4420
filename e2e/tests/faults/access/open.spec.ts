import { request } from 'node:http';
import { expect, test } from '@playwright/test';
import { shared } from '../../../support/faults/place';

/** The client that `waymark login` is. */
const OWN = `${shared.portalUrl}/api/auth/.well-known/oauth-client/cli.json`;

const authorize = (client: string, redirect: string) =>
  `GET /api/auth/v1/authorize?${new URLSearchParams({
    client_id: client,
    redirect_uri: redirect,
    response_type: 'code',
    code_challenge: 'x',
    code_challenge_method: 'S256',
  })}`;

/** Open to the world, each for its reason; and nothing beside or below them. */
const OPEN: [route: string, status: number][] = [
  ['GET /', 200],
  ['GET /.backstage/health/v1/readiness', 200],
  ['GET /.backstage/health/v1/liveness', 200],
  ['GET /api/auth/.well-known/jwks.json', 200],
  ['GET /api/permission/health', 200],
  ['POST /api/events/http/github', 403],
  ['POST /api/events/http/github/x', 404],
  ['POST /api/events/http/github/../x', 404],
  ['POST /api/events/http/github/..%2fx', 404],
  ['POST /api/events/http/unknown', 404],
  ['POST /api/events/http/../bus/v1/events', 404],
  ['POST /api/events/http/..%2fbus/v1/events', 404],
  ['POST /api/events/http//../bus/v1/events', 404],
  ['POST /api/events/httpx', 401],
  ['GET /api/permission/health/../authorize', 404],
  ['GET /api/notifications/health/../notifications', 404],
  ['GET /api/notifications/health%2f..%2fnotifications', 401],
  [
    'GET /api/techdocs/static/../metadata/entity/default/component/pricing-service',
    401,
  ],
  ['POST /api/dora/webhooks/github', 401],
  ['POST /api/dora/webhooks/github/x', 401],
  ['POST /api/dora/webhooks/github/../../rebuild', 401],
  ['GET /api/dora/webhooks/github', 401],
  ['GET /api/unknown', 404],
  ['GET /api/auth/guest/refresh', 404],
  ['POST /api/auth/v1/register', 404],
  // Signing in command lines: only the portal's own, and only back to the machine
  // that it was begun on.
  ['GET /api/auth/.well-known/oauth-client/cli.json', 200],
  ['GET /api/auth/v1/authorize', 400],
  [
    authorize('https://claude.ai/client.json', 'http://127.0.0.1:1/callback'),
    400,
  ],
  [authorize(OWN, 'https://elsewhere.example/callback'), 400],
  [authorize(OWN, 'http://127.0.0.1:1/other'), 400],
  [authorize(OWN, 'http://localhost:1/callback'), 400],
  ['GET /api/auth/v1/sessions/unknown', 400],
  ['POST /api/auth/v1/sessions/unknown/approve', 403],
  ['POST /api/auth/v1/sessions/unknown/reject', 403],
  ['POST /api/auth/v1/token', 400],
  ['POST /api/auth/v1/revoke', 400],
];

test('open routes are open, and nothing beside or below them is', async () => {
  const actual: [string, number][] = [];
  for (const [route] of OPEN) actual.push([route, await rawStatus(route)]);
  expect(actual).toEqual(OPEN);
});

/** Sends a path as it stands: other clients tidy `..` away. */
function rawStatus(route: string): Promise<number> {
  const [method, path] = route.split(' ');
  const { hostname, port } = new URL(shared.portalUrl);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        method,
        path,
        headers: { 'content-type': 'application/json' },
      },
      response => {
        response.resume();
        response.once('end', () => resolve(response.statusCode!));
      },
    );
    sent.once('error', reject);
    sent.end(method === 'GET' ? undefined : '{}');
  });
}
