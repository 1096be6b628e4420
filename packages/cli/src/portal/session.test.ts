import { createServer, IncomingMessage, Server } from 'node:http';
import {
  chmodSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { z } from 'zod';
import { portalAddress } from './address';
import { Credentials } from './Credentials';
import { signInService } from './oauth';
import { clientOf, portalOf } from './session';
import { whyNoAnswer } from './words';

const home = mkdtempSync(join(tmpdir(), 'waymark-session-'));
const env = { XDG_CONFIG_HOME: home };
const credentials = new Credentials(env);
const any = z.unknown();

type Answer = { status?: number; json?: unknown; text?: string };
let answer: (request: IncomingMessage, body: string) => Answer;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const {
      status = 200,
      json,
      text: page,
    } = answer(request, await textOf(request));
    response.writeHead(
      status,
      status === 302 ? { location: '/elsewhere' } : {},
    );
    response.end(page ?? JSON.stringify(json ?? {}));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(home, { recursive: true });
});

const signedIn = (over: object) =>
  credentials.change(kept => {
    kept.current = url;
    kept.portals[url] = {
      user: 'user:default/maya',
      clientId: 'cli',
      accessToken: 'secret-access',
      expiresAt: Date.now() + 3_600_000,
      refreshToken: 'secret-refresh',
      ...over,
    };
  });

describe('a sign-in', () => {
  it('is kept for its owner alone', async () => {
    await signedIn({});
    expect(statSync(credentials.file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'waymark')).mode & 0o777).toBe(0o700);
    chmodSync(credentials.file, 0o644);
    await signedIn({});
    expect(statSync(credentials.file).mode & 0o777).toBe(0o600);
  });

  it('is renewed once, however many ask at the same time', async () => {
    await signedIn({ expiresAt: Date.now() - 1 });
    const renewed: string[] = [];
    const seen: (string | undefined)[] = [];
    answer = (request, body) => {
      if (request.url !== '/api/auth/v1/token') {
        seen.push(request.headers.authorization);
        return { json: {} };
      }
      renewed.push(JSON.parse(body).refresh_token);
      return {
        json: {
          access_token: 'next-access',
          expires_in: 3600,
          refresh_token: 'next-refresh',
        },
      };
    };
    await Promise.all(
      [1, 2, 3].map(() => clientOf(undefined, { env }).get('/x', any)),
    );
    expect(renewed).toEqual(['secret-refresh']);
    expect(seen).toEqual(Array(3).fill('Bearer next-access'));
    expect(credentials.read().portals[url].refreshToken).toBe('next-refresh');
  });

  it.each<[string, Answer]>([
    ['refused', { status: 400, json: { error: 'invalid_grant' } }],
    ['not known any more', { status: 401 }],
  ])('that is %s asks to sign in again', async (_, answered) => {
    await signedIn({ expiresAt: 0 });
    answer = () => answered;
    const error = await failed(clientOf(undefined, { env }).get('/x', any));
    expect(error).toBe(
      `You are no longer signed in to ${url}. Sign in with: waymark login ${url}`,
    );
  });

  it('is still there after a portal that could not answer', async () => {
    await signedIn({ expiresAt: 0 });
    answer = () => ({ status: 503 });
    const error = await failed(clientOf(undefined, { env }).get('/x', any));
    expect(error).toContain('cannot answer now (503)');
    expect(credentials.read().portals[url].refreshToken).toBe('secret-refresh');
  });

  it.each<[string, Answer, string]>([
    [
      'refuses',
      { status: 403, json: { error: { message: 'not yours' } } },
      'You may not do that',
    ],
    ['is something else', { text: '<html>' }, 'There is no Waymark at'],
    [
      'leads elsewhere',
      { status: 302 },
      'name the address that the portal has',
    ],
    ['is of another time', { json: { other: 1 } }, 'in another form'],
    [
      'cannot',
      { status: 500, json: { error: { message: 'oh' } } },
      '(500: oh)',
    ],
  ])('at a portal that %s', async (_, answered, words) => {
    await signedIn({});
    answer = () => answered;
    const schema = z.object({ it: z.string() });
    const error = await failed(clientOf(undefined, { env }).get('/x', schema));
    expect(error).toContain(words);
    expect(error).not.toContain('secret');
  });

  it('the environment goes before it, and no error repeats its token', async () => {
    await signedIn({});
    answer = ({ headers }) =>
      headers.authorization === 'Bearer of-ci' ? { json: 1 } : { status: 401 };
    const of = (token: string) =>
      clientOf(url, { env: { ...env, WAYMARK_TOKEN: token } }).get('/x', any);
    await expect(of(' of-ci\n')).resolves.toBe(1);
    expect(await failed(of('wrong-one'))).toMatch(
      /^(?!.*wrong-one).*WAYMARK_TOKEN/,
    );
    expect(await failed(of('two words'))).not.toContain('words');
  });

  it('a damaged file is said, and not repeated', () => {
    writeFileSync(credentials.file, '{"portals": {"secret": 1}}');
    expect(() => credentials.read()).toThrow(/is damaged\. Delete it/);
    rmSync(credentials.file);
    expect(() => portalOf(undefined, { env })).toThrow('waymark login URL');
  });
});

describe('an address', () => {
  it.each([
    ['portal.example', 'https://portal.example'],
    ['https://portal.example/', 'https://portal.example'],
    ['https://host.example/portal/', 'https://host.example/portal'],
    ['http://localhost:7007', 'http://localhost:7007'],
  ])('%s is that of a portal', (text, address) => {
    expect(portalAddress(text)).toBe(address);
  });

  it.each([
    ['http://portal.example', 'Use https'],
    ['ftp://portal.example', 'is no address'],
    ['https://me:word@portal.example', 'with a password'],
    ['https://', 'is no address'],
  ])('%s is not', (text, words) => {
    expect(() => portalAddress(text)).toThrow(words);
  });
});

describe('a portal that is asked to sign in', () => {
  const discovery = (over: object) => ({
    json: {
      issuer: `${url}/api/auth`,
      authorization_endpoint: `${url}/api/auth/v1/authorize`,
      client_id_metadata_document_supported: true,
      scopes_supported: ['openid', 'offline_access'],
      ...over,
    },
  });

  it('says how', async () => {
    answer = () => discovery({});
    expect(await signInService(url)).toEqual({
      authorizationEndpoint: `${url}/api/auth/v1/authorize`,
      clientId: `${url}/api/auth/.well-known/oauth-client/cli.json`,
      renews: true,
    });
  });

  it('has another address, does not, or is none', async () => {
    answer = () => discovery({ issuer: 'https://portal.example/api/auth' });
    expect(await failed(signInService(url))).toContain(
      'is known as https://portal.example: name it so',
    );
    answer = () => discovery({ client_id_metadata_document_supported: false });
    expect(await failed(signInService(url))).toContain(
      'auth.clientIdMetadataDocuments.enabled',
    );
    answer = () => ({ status: 404, json: {} });
    expect(await failed(signInService(url))).toContain('There is no Waymark');
  });
});

describe('no answer', () => {
  const of = (code: string, message = code) =>
    new TypeError('fetch failed', {
      cause: Object.assign(new Error(message), { code }),
    });

  it.each([
    [of('ENOTFOUND'), 'is not known here. Are you online'],
    [of('ECONNREFUSED'), 'Is the portal running?'],
    [of('EHOSTUNREACH'), 'VPN'],
    [of('CERT_HAS_EXPIRED'), 'is over'],
    [of('ERR_TLS_CERT_ALTNAME_INVALID'), 'of another name'],
    [of('SELF_SIGNED_CERT_IN_CHAIN'), 'NODE_EXTRA_CA_CERTS'],
    [of('ERR_SSL_WRONG_VERSION_NUMBER'), 'does not speak TLS'],
    [Object.assign(new Error(), { name: 'TimeoutError' }), 'took too long'],
    [
      new TypeError('fetch failed', {
        cause: new AggregateError([of('ECONNREFUSED')]),
      }),
      'Is the portal running?',
    ],
    [of('EODD', 'it is odd'), 'cannot be asked: it is odd.'],
  ])('%s is said in words', (error, words) => {
    expect(whyNoAnswer(error, 'portal.example')).toContain(words);
  });
});

async function failed(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing failed',
    (error: Error) => `${error.message}`,
  );
}
