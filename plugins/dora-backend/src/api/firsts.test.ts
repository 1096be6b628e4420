import { createHash } from 'node:crypto';
import {
  Change,
  Deployment,
  firstsSchema,
  newcomersSchema,
} from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import {
  MAYA,
  Portal,
  service,
  startPortal,
  testDatabases,
  VISITOR,
} from '../__testUtils__/portal';
import { DatabaseFactStore } from '../facts/FactStore';

jest.setTimeout(60_000);
const open = testDatabases();
const id = (text: string) =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);
const at = (day: string, hour = '10') => `${day}T${hour}:00:00.000Z`;

const change = (
  name: string,
  mergedAt: string,
  more: Partial<Change> = {},
): Change => ({
  id: id(`${name} ${mergedAt} ${more.number} ${more.repository}`),
  entityRef: `component:default/${name}`,
  repository: `git.example.com/tidewater/${name}`,
  title: 'x',
  author: 'maya',
  bot: false,
  mergedAt,
  mergeSha: id(mergedAt),
  pathsKnown: true,
  origin: { source: 'github', externalId: '1' },
  ...more,
});
const deployment = (
  finishedAt: string,
  more: Partial<Deployment> = {},
): Deployment => ({
  id: id(`deployment ${finishedAt} ${more.result} ${more.environment}`),
  entityRef: 'component:default/cart',
  environment: 'production',
  production: true,
  startedAt: finishedAt,
  finishedAt,
  result: 'success',
  originalResult: 'success',
  kind: 'planned',
  origin: { source: 'github', externalId: '1' },
  ...more,
});
/** One pull request a day, the second of them of two components. */
const pulls = (author: string, month: string, days: number, more = {}) =>
  Array.from({ length: days }, (_, index) => {
    const day = String(index + 1).padStart(2, '0');
    const one = { author, number: index + 1, ...more };
    return [
      change(author, at(`${month}-${day}`), one),
      ...(index === 1
        ? [
            change(`${author}-2`, at(`${month}-${day}`), {
              ...one,
              repository: `git.example.com/tidewater/${author}`,
            }),
          ]
        : []),
    ];
  }).flat();

describe('firsts', () => {
  let knex: Knex;
  let portal: Portal;

  const facts = {
    changes: [
      // The template's own push, while the run was not over.
      change('cart', at('2026-03-01', '09')),
      change('cart', at('2026-03-02'), { author: 'renovate', bot: true }),
      change('cart', at('2026-03-04'), {
        number: 1,
        firstCommitAt: at('2026-03-03'),
      }),
      change('cart', at('2026-03-09'), { number: 2 }),
      ...pulls('veteran', '2025-01', 3),
      ...pulls('ada', '2026-04', 12),
      ...pulls('bob', '2026-04', 4),
      ...pulls('early', '2025-02', 12),
      ...pulls('robot', '2026-04', 12, { bot: true }),
    ],
    deployments: [
      deployment(at('2026-02-01')),
      deployment(at('2026-03-02'), { result: 'failure' }),
      deployment(at('2026-03-02', '11'), {
        environment: 'staging',
        production: false,
      }),
      deployment(at('2026-03-05')),
      deployment(at('2026-03-06')),
    ],
    incidents: [],
  };

  beforeAll(async () => {
    knex = await open();
    portal = await startPortal({
      knex,
      entities: [service('cart'), service('pay')],
    });
    await portal.run('components');
    await knex.transaction(trx =>
      new DatabaseFactStore().replace(trx, 'unit', facts),
    );
  });
  afterAll(() => portal.stop());

  const asked = (name: string) => ({
    entityRef: `component:default/${name}`,
    since: at('2026-03-01', '08'),
    after: at('2026-03-01'),
  });
  const newcomers = async (from: string, to: string, who?: string) => {
    const { body } = await portal.get(`/newcomers?from=${from}&to=${to}`, who);
    return newcomersSchema.parse(body);
  };

  it('of components are what people merged and what reached production since', async () => {
    const body = { items: [asked('cart'), asked('pay')] };
    const { body: answer } = await portal.post('/firsts', MAYA).send(body);
    expect(firstsSchema.parse(answer).items).toEqual([
      {
        entityRef: 'component:default/cart',
        firstCommitAt: at('2026-03-03'),
        firstDeploymentAt: at('2026-03-05'),
      },
      { entityRef: 'component:default/pay' },
    ]);
    const hidden = await portal.post('/firsts', VISITOR).send(body);
    expect(hidden.body).toEqual({ items: [] });
    expect((await portal.post('/firsts', null).send(body)).status).toBe(401);
    const wrong = { items: [{ ...asked('cart'), after: 'then' }] };
    const refused = await portal.post('/firsts', MAYA).send(wrong);
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain('items.0.after');
  });

  it('of people are told from the first to the tenth pull request, of nobody by name', async () => {
    // Ada's second is of two components, and one pull request.
    expect(await newcomers('2026-04-01', '2026-05-01')).toEqual({
      newcomers: 2,
      settled: 1,
      p50: 9 * 86_400,
      unknown: 0,
    });
    // Where the history begins, nobody knows who is new.
    expect(await newcomers('2025-01-01', '2025-03-01')).toEqual({
      newcomers: 0,
      settled: 0,
      p50: null,
      unknown: 2,
    });
    expect(await newcomers('2026-04-01', '2026-05-01', VISITOR)).toMatchObject({
      newcomers: 0,
      unknown: 0,
    });
    const wrong = await portal.get('/newcomers?from=2026-05-01&to=2026-04-01');
    expect(wrong.status).toBe(400);
  });
});
