import { Explained } from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { at, deployment, Payload, pull, push } from '../__testUtils__/github';
import {
  MAYA,
  Portal,
  service,
  testDatabases,
  VISITOR,
} from '../__testUtils__/portal';
import { startTold } from '../__testUtils__/sources';

jest.setTimeout(60_000);
const open = testDatabases();
const DAY = 24 * 60;

/** Minutes; the component is the folder `shop`. */
const STORY: Payload[] = [
  push(-40 * DAY, [9], { paths: ['shop/old.ts'] }),
  push(0, [1], { before: 9, paths: ['shop/a.ts'] }),
  push(5, [2], { before: 1, paths: ['other/b.ts'] }),
  deployment(10, 1, 2, 'success', { environment: 'staging' }),
  deployment(20, 2, 2, 'success'),
  deployment(25, 7, 2, 'success', { environment: 'prod-eu' }),
  deployment(30, 3, 2, 'success'),
  deployment(40, 4, 2, 'failure'),
  deployment(50, 5, 2, 'success', {
    payload: { entityRefs: ['component:default/other'] },
  }),
  deployment(60, 6, 2, 'in_progress'),
  push(70, [3], { before: 2, paths: ['shop/c.ts'] }),
  pull(70, 7, { head: 3, merge: 3, login: 'renovate[bot]' }),
  push(71, [4], { before: 3, paths: ['shop/d.ts'] }),
  pull(72, 8, { head: 5 }),
  pull(73, 9, { head: 6, merge: 6, base: 'next' }),
];
const incident = (id: string, minutes: number, severity = 'high') => ({
  kind: 'incident',
  source: 'toy',
  externalId: id,
  service: 'PD-shop',
  severity,
  title: id,
  at: at(minutes),
  status: 'triggered',
});

describe('explain', () => {
  let knex: Knex;
  let portal: Portal;
  const ask = (query = '', who: string | null = MAYA) =>
    portal.get(`/explain?entityRef=component:shop${query}`, who);

  beforeAll(async () => {
    knex = await open();
    portal = await startTold({
      knex,
      entities: [service('shop', 'shop')],
      dora: { incidents: { severities: ['high', 'S*'] } },
      story: STORY,
      observed: [
        incident('before', -DAY),
        incident('after', 35),
        incident('late', 3 * DAY),
        incident('small', 36, 'low'),
      ],
    });
  });
  afterAll(() => portal.stop());

  it('says of each event whether it counts, and why', async () => {
    const { body, status } = await ask('&limit=200');
    expect(body.error).toBeUndefined();
    expect(status).toBe(200);
    const rule =
      'dora.environments.production (not set: the default) is production, production-*, prod, prod-*';
    const told = body.items.map(({ title, outcome, steps }: Explained) => [
      title.replace(/c{7}/, 'ccc'),
      outcome,
      steps.at(-1)!.text,
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        [
          'Deployment of ccc to staging',
          'not-counted',
          `staging is not production, because ${rule}`,
        ],
        [
          'Deployment to production',
          'not-counted',
          'It names other components of the repository, and not this one',
        ],
        [
          'Commit 9',
          'not-counted',
          'Merged more than 30 days before the first deployment (dora.firstDeploymentWindow): when it got there is not known',
        ],
        [
          'Commit 2',
          'not-counted',
          "Its files are all outside of shop/, the component's folder",
        ],
        [
          'Commit 1',
          'counted',
          'Counts for lead time: 20 minutes from its first commit until it was in production',
        ],
        [
          'Commit 4',
          'waiting',
          'No successful production deployment since is known to contain it',
        ],
        ['#8 Pull request 8', 'waiting', 'The pull request is not merged yet'],
        [
          '#9 Pull request 9',
          'not-counted',
          'Merged into next, which is not the default branch main, and dora.changes.branches (not set: the default) is empty',
        ],
        [
          'before',
          'not-counted',
          'It began before any deployment to production: it belongs to none',
        ],
        [
          'late',
          'not-counted',
          'No deployment to production succeeded in the 24 hours before it began (dora.incidentWindow): it belongs to none',
        ],
        [
          'small',
          'not-counted',
          'Its severity is low, and dora.incidents.severities is high, S*',
        ],
        [
          'after',
          'counted',
          'Not over yet: counts for recovery time when it is',
        ],
      ]),
    );
    const deployed = body.items
      .filter(({ kind }: Explained) => kind === 'deployment')
      .map(({ at: when, outcome, steps }: Explained) => [
        (Date.parse(when) - Date.parse(at(0))) / 60_000,
        outcome,
        ...steps.slice(1).map(({ text }) => text),
      ]);
    const other =
      'Counted once with 1 other deployment of the same commit, which began within 24 hours of the first (dora.rolloutWindow)';
    expect(deployed.slice(0, 6)).toEqual([
      [60, 'waiting', 'It still runs: it counts when it is over'],
      [50, 'not-counted'],
      [
        40,
        'counted',
        'It failed everywhere: does not count for deployment frequency',
        'It did not succeed: no change counts with it for lead time',
        'It failed: counts as failed, not over yet',
        'It was planned: no rework',
      ],
      [
        30,
        'counted',
        'It succeeded: counts for deployment frequency',
        'Redeploy of ccccccc, which production had before: no change counts with it for lead time',
        'It caused 1 incident: counts as failed, not over yet',
        'It was planned: no rework',
      ],
      [
        25,
        'counted',
        other,
        'It succeeded: counts for deployment frequency',
        '1 change reached production with it at another place first: see there',
        'Nothing had to be mended: does not count as failed',
        'It was planned: no rework',
      ],
      [
        20,
        'counted',
        other,
        'It succeeded: counts for deployment frequency',
        '1 change reached production with it first: see each for its lead time',
        'Nothing had to be mended: does not count as failed',
        'It was planned: no rework',
      ],
    ]);
  });

  it('agrees with the metrics, and is of the rules in force', async () => {
    const { body: metrics } = await portal.get(
      '/metrics?entityRef=component:shop&from=2026-09-30&to=2026-10-06',
    );
    const counted = async (kind: string) =>
      (await ask(`&kind=${kind}&outcome=counted`)).body.total;
    const { deploymentFrequency, changeFailRate, leadTime } = metrics.metrics;
    expect(deploymentFrequency.n).toBe(2);
    // Two places of one commit are one.
    expect(await counted('deployment')).toBe(changeFailRate.n + 1);
    expect(await counted('change')).toBe(leadTime.n);

    const { body } = await ask();
    expect(body.component).toEqual({
      repository: 'git.example.com/tidewater/pricing',
      path: 'shop',
      services: expect.arrayContaining(['PD-shop']),
    });
    expect(body.rules[2]).toEqual({
      question: 'What is an incident?',
      answer: 'What its source calls one, of severity high, S*',
      from: {
        level: 'company',
        by: 'config',
        name: 'dora.incidents.severities',
      },
    });
    expect(body.rules[5]).toMatchObject({
      answer: '24 hours',
      from: { level: 'default' },
    });
    const sum = Object.values<number>(body.counts).reduce((a, b) => a + b);
    expect(sum).toBe(body.total);
  });

  it('gives each once, page by page', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const { body } = await ask(`&limit=4${more}`);
      ids.push(...body.items.map(({ id }: Explained) => id));
      cursor = body.next;
    } while (cursor);
    expect(new Set(ids).size).toBe((await ask()).body.total);
    expect(ids).toHaveLength(new Set(ids).size);
  });

  it.each([
    ['', null, 401],
    ['', VISITOR, 404],
    ['&kind=x', MAYA, 400],
    ['&limit=0', MAYA, 400],
  ])('answers ?%s to %s with %d', async (query, who, status) => {
    expect((await ask(query, who)).status).toBe(status);
  });
});
