import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Facts } from '@waymark/backstage-plugin-compliance-common';
import { OpaServerEngine } from './OpaServerEngine';

const facts: Facts = {
  apiVersion: 'waymark.dev/v1',
  kind: 'Facts',
  catalog: { entity: {} },
};
const RULES = ['a-rule', 'b-rule'];
const passes = { deny: [], applies: true };

type Answer = (path: string, body: unknown) => [number, unknown] | undefined;

describe('OpaServerEngine', () => {
  let answer: Answer;
  const asked: { path?: string; token?: string; body: unknown }[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body: unknown = JSON.parse(text);
    const { url = '', headers } = request;
    asked.push({ path: url, token: headers.authorization, body });
    const [status, value] = answer(url, body) ?? [];
    if (!status) return;
    response.writeHead(status, status === 302 ? { location: '/x' } : {});
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  };
  const server = createServer(handle);
  let url: string;
  beforeAll(async () => {
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => asked.splice(0));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const evaluate = (reply: Answer, options = {}) => {
    answer = reply;
    const engine = new OpaServerEngine(RULES, { url, token: 't', ...options });
    return engine.evaluate(facts, '2026-11-21');
  };
  const all = (error: string | RegExp) => ({
    'a-rule': { error: expect.stringMatching(error) },
    'b-rule': { error: expect.stringMatching(error) },
  });

  it('asks once for all rules', async () => {
    const result = { 'a-rule': passes, 'b-rule': passes, 'c-rule': passes };
    expect(await evaluate(() => [200, { result }])).toEqual({
      'a-rule': passes,
      'b-rule': passes,
    });
    expect(asked).toEqual([
      {
        path: '/v1/data/waymark/report/report',
        token: 'Bearer t',
        body: { input: { ...facts, today: '2026-11-21' } },
      },
    ]);
  });

  it('asks one by one where a rule breaks off', async () => {
    const report = await evaluate(path =>
      path.endsWith('/b-rule')
        ? [200, { result: passes }]
        : [500, { code: 'internal_error', message: 'conflict in /srv/x' }],
    );
    expect(report).toEqual({
      'a-rule': { error: 'The rule broke off on the OPA server.' },
      'b-rule': passes,
    });
  });

  it.each<[string, Answer, RegExp]>([
    ['has no rules', () => [200, {}], /gave no answer/],
    ['has other rules', () => [200, { result: { c: passes } }], /no answer/],
    [
      'answers half',
      () => [200, { result: { 'a-rule': { deny: [] }, 'b-rule': [] } }],
      /gave no answer/,
    ],
    ['refuses', () => [401, 'token t'], /^The OPA server answered 401\.$/],
    ['speaks otherwise', () => [200, '<html>'], /did not answer as OPA does/],
    ['sends elsewhere', () => [302, ''], /cannot be reached/],
    ['is silent', () => undefined, /longer than 0\.2 s/],
  ])('knows nothing of a server that %s', async (_, reply, error) => {
    expect(await evaluate(reply, { timeoutMs: 200 })).toEqual(all(error));
    expect(asked).toHaveLength(1);
  });

  it('knows nothing of a server that is not there', async () => {
    const there = await evaluate(() => [200, {}], {
      url: 'http://127.0.0.1:1',
    });
    expect(there).toEqual(all(/cannot be reached/));
  });
});
