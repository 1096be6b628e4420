import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { Entity } from '@backstage/catalog-model';
import { Repository } from '@waymark/repositories';
import { Fact } from '../FactStore';
import { DeliveryCollector } from './deliveryFacts';

type Answer = [status: number, body: unknown, headers?: Record<string, string>];

const NOT_PROTECTED: Answer = [404, { message: 'Branch not protected' }];
const GOOD: Record<string, Answer> = {
  '/repos/x/y': [200, { archived: false, default_branch: 'main' }],
  '/repos/x/y/branches/main/protection': [
    200,
    {
      required_status_checks: { contexts: ['ci'] },
      required_pull_request_reviews: {},
      allow_force_pushes: { enabled: true },
    },
  ],
  '/repos/x/y/rules/branches/main': [200, []],
  '/repos/x/y/environments': [
    200,
    {
      environments: [
        {
          name: 'production',
          protection_rules: [
            { type: 'required_reviewers', reviewers: [{}, {}] },
            { type: 'wait_timer' },
          ],
        },
      ],
    },
  ],
  '/repos/x/y/commits': [
    200,
    [{ commit: { committer: { date: '2026-11-01T00:00:00Z' } } }],
  ],
};

describe('DeliveryCollector', () => {
  let server: Server;
  let url: string;
  let answers: Record<string, Answer | 'hang up'>;
  let asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const [path] = request.url!.split('?');
      asked.push(path);
      const answer = answers[path] ?? [404, {}];
      if (answer === 'hang up') {
        request.socket.destroy();
        return;
      }
      const [status, body, headers] = answer;
      const etag = `"${JSON.stringify(body).length}"`;
      const same = status === 200 && request.headers['if-none-match'] === etag;
      response.writeHead(same ? 304 : status, { etag, ...headers });
      response.end(same ? undefined : JSON.stringify(body));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    answers = { ...GOOD };
    asked = [];
  });

  const collectorOf = () => {
    const { host } = new URL(url);
    const integrations = ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [{ host, apiBaseUrl: url, token: 'x' }],
          gitlab: [{ host: 'gitlab.example', token: 'x', apiBaseUrl: url }],
        },
      }),
    );
    return new DeliveryCollector(integrations);
  };
  const collect = (
    before?: Fact,
    source = `${url}/x/y/tree/main/`,
    collector = collectorOf(),
  ) => {
    const repository: Repository = {
      url: source,
      host: new URL(url).host,
      owner: 'x',
      name: 'y',
      type: 'github',
    };
    return collector.collect(repository, {
      entity: {} as Entity,
      before: new Map(before ? [['delivery', before]] : []),
      signal: new AbortController().signal,
    });
  };

  it('says how the default branch and environments are guarded', async () => {
    expect(await collect()).toMatchObject({
      part: 'delivery',
      source: `${url}/repos/x/y`,
      data: {
        protection: {
          requiredChecks: ['ci'],
          requiredReviews: 0,
          forcePushes: true,
        },
        environments: [{ name: 'production', reviewers: 2 }],
        archived: false,
        lastCommitAt: '2026-11-01T00:00:00Z',
      },
    });
  });

  it('takes nothing that it knows already', async () => {
    const first = await collect();
    asked = [];
    const again = await collect(first);
    expect(again).toEqual({ ...first, collectedAt: expect.any(Date) });
    expect(asked).toHaveLength(5);
    answers['/repos/x/y/environments'] = [200, { environments: [] }];
    expect(await collect(again)).toMatchObject({ data: { environments: [] } });
    answers['/repos/x/y/branches/main/protection'] = NOT_PROTECTED;
    expect(await collect(again)).toMatchObject({ data: { protection: null } });
  });

  it('counts rulesets, too', async () => {
    answers['/repos/x/y/rules/branches/main'] = [
      200,
      [
        { type: 'non_fast_forward' },
        {
          type: 'pull_request',
          parameters: { required_approving_review_count: 2 },
        },
        {
          type: 'required_status_checks',
          parameters: { required_status_checks: [{ context: 'scan' }] },
        },
      ],
    ];
    expect(await collect()).toMatchObject({
      data: {
        protection: {
          requiredChecks: ['ci', 'scan'],
          requiredReviews: 2,
          forcePushes: false,
        },
      },
    });
    // Whoever may not see the one can still see the other.
    answers['/repos/x/y/branches/main/protection'] = [
      404,
      { message: 'Not Found' },
    ];
    expect(await collect()).toMatchObject({
      data: { protection: { requiredChecks: ['scan'] } },
    });
  });

  it('knows a repository without anything', async () => {
    answers['/repos/x/y/branches/main/protection'] = NOT_PROTECTED;
    answers['/repos/x/y/environments'] = [404, {}];
    answers['/repos/x/y/commits'] = [
      409,
      { message: 'Git Repository is empty.' },
    ];
    expect(await collect()).toMatchObject({
      data: { protection: null, environments: [], archived: false },
    });
  });

  it.each<[string, string, Answer, string]>([
    ['hidden protection', '/branches/main/protection', [403, {}], 'may not'],
    [
      'protection that is not there for it',
      '/branches/main/protection',
      [404, { message: 'Not Found' }],
      'lacks the permission',
    ],
    [
      'too many questions',
      '/environments',
      [403, {}, { 'x-ratelimit-remaining': '0' }],
      'too many questions',
    ],
    ['a bad token', '', [401, {}], 'token'],
    ['a failure', '/commits', [502, {}], 'answered 502'],
    ['another answer', '/commits', [200, { a: 1 }], 'as GitHub does'],
    ['no repository', '', [404, {}], 'is not there'],
  ])('does not know by %s', async (_, path, answer, words) => {
    answers[`/repos/x/y${path}`] = answer;
    const fact = await collect();
    expect(fact).toMatchObject({ error: expect.stringContaining(words) });
    expect(fact).not.toHaveProperty('data');
  });

  it.each<[string, number, Record<string, string>, object | undefined]>([
    ['a failure', 502, {}, {}],
    [
      'one that says how long',
      503,
      { 'retry-after': '7' },
      { afterSeconds: 7 },
    ],
    ['too many questions', 429, {}, { afterSeconds: 60 }],
    [
      'the limit of the hour',
      403,
      {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 1800),
      },
      { afterSeconds: expect.any(Number) },
    ],
    ['a refusal', 401, {}, undefined],
  ])('says when to ask again after %s', async (_, status, headers, again) => {
    answers['/repos/x/y/commits'] = [status, {}, headers];
    const { again: told } = (await collect()) as { again?: object };
    expect(told).toEqual(again);
  });

  it('asks again soon where nobody answers', async () => {
    answers['/repos/x/y'] = 'hang up';
    expect(await collect()).toMatchObject({
      error: 'The Git host cannot be reached.',
      again: {},
    });
  });

  it('asks a host nothing while it wants to be left alone', async () => {
    const collector = collectorOf();
    const later = {
      'retry-after': new Date(Date.now() + 90_000).toUTCString(),
    };
    answers['/repos/x/y'] = [503, {}, later];
    await collect(undefined, undefined, collector);
    asked = [];
    answers['/repos/x/y'] = GOOD['/repos/x/y'];
    expect(await collect(undefined, undefined, collector)).toMatchObject({
      error: 'The Git host wants to be asked later.',
      again: { afterSeconds: expect.any(Number) },
    });
    expect(asked).toEqual([]);
  });

  it('says so of another kind of host', async () => {
    expect(
      await collect(undefined, 'https://gitlab.example/x/y'),
    ).toMatchObject({ error: expect.stringContaining('GitHub') });
  });
});
