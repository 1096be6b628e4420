import { Facts } from '../facts';
import { change, deployment, incident, march } from './__testUtils__/facts';

const DAY = 86_400;

/** Facts of March 2026, and what the five must be. */
type Expected = Record<string, unknown>;
type Golden = [name: string, facts: Partial<Facts>, expected: Expected];

const deployed = (id: string, first: string, merged: string, when: string) =>
  change(id, first, merged, {
    deploymentId: 'd1',
    deployedAt: `2026-${when.replace(' ', 'T')}:00.000Z`,
  });

const golden: Golden[] = [
  [
    'nothing at all is no data, never 0 %',
    {},
    {
      deploymentFrequency: { status: 'no-data', why: 'no-deployments', n: 0 },
      leadTime: { status: 'no-data', why: 'no-changes', n: 0, waiting: 0 },
      recoveryTime: { status: 'no-data', why: 'no-failures', n: 0, open: 0 },
      changeFailRate: { status: 'no-data', why: 'no-deployments', n: 0 },
      reworkRate: { status: 'no-data', why: 'no-deployments', n: 0 },
    },
  ],
  [
    'one of each: the median is that one',
    {
      deployments: [deployment('d1', '03-04 12:00')],
      changes: [deployed('c1', '03-03 12:00', '03-04 11:00', '03-04 12:00')],
      incidents: [
        incident('i1', '03-04 12:10', '03-04 13:00', { deploymentId: 'd1' }),
      ],
    },
    {
      deploymentFrequency: { value: 1 / 31, n: 1 },
      leadTime: { value: DAY, p75: DAY, p90: DAY, n: 1 },
      recoveryTime: { value: 3600, n: 1, open: 0 },
      changeFailRate: { value: 1, n: 1, failed: 1 },
      reworkRate: { value: 0, n: 1, unplanned: 0 },
    },
  ],
  [
    'two: the median lies in the middle, other percentiles between',
    {
      changes: [
        deployed('c1', '03-03 12:00', '03-04 11:00', '03-04 12:00'),
        deployed('c2', '03-01 12:00', '03-04 11:00', '03-04 12:00'),
      ],
    },
    { leadTime: { value: 2 * DAY, p75: 2.5 * DAY, p90: 241_920, n: 2 } },
  ],
  [
    'weeks without a deployment count; weeks that the window cuts do not',
    {
      deployments: [
        deployment('cut', '03-01 12:00'),
        deployment('w10a', '03-02 12:00'),
        deployment('w10b', '03-08 12:00'),
        deployment('w10c', '03-08 13:00'),
        deployment('w12', '03-16 12:00'),
      ],
    },
    {
      deploymentFrequency: {
        value: 5 / 31,
        n: 5,
        // Weeks 10 to 13 lie wholly in March: 3, 0, 1, 0.
        weeks: { n: 4, active: 0.5, median: 0.5, activeMedian: 2 },
      },
    },
  ],
  [
    'the first moment belongs to the window, the last does not',
    {
      deployments: [
        deployment('first', '03-01 00:00'),
        deployment('last', '04-01 00:00'),
      ],
      changes: [
        deployed('c1', '02-28 00:00', '02-28 01:00', '03-01 00:00'),
        deployed('c2', '02-28 00:00', '02-28 01:00', '04-01 00:00'),
      ],
    },
    { deploymentFrequency: { n: 1 }, leadTime: { n: 1, value: DAY } },
  ],
  [
    'regions of one commit are one deployment, and a failure in one is a failure',
    {
      deployments: [
        deployment('eu', '03-04 12:00', { sha: 'a', region: 'eu' }),
        deployment('us', '03-04 14:00', {
          sha: 'a',
          region: 'us',
          result: 'failure',
        }),
        deployment('us2', '03-04 15:00', { sha: 'a', region: 'us' }),
      ],
    },
    {
      deploymentFrequency: { n: 2 },
      changeFailRate: { n: 2, failed: 1, reasons: { failed: 1 } },
      recoveryTime: { value: 3600, n: 1 },
    },
  ],
  [
    'a region that begins a day later is another deployment',
    {
      deployments: [
        deployment('eu', '03-04 12:00', { sha: 'a', region: 'eu' }),
        deployment('us', '03-05 11:59', { sha: 'a', region: 'us' }),
        deployment('ap', '03-05 12:00', { sha: 'a', region: 'ap' }),
      ],
    },
    { deploymentFrequency: { n: 2 } },
  ],
  [
    'a redeploy counts for frequency and not for lead time',
    {
      deployments: [
        deployment('d1', '03-04 12:00', { sha: 'a' }),
        deployment('d2', '03-04 18:00', { sha: 'a' }),
      ],
      changes: [deployed('c1', '03-03 12:00', '03-04 11:00', '03-04 12:00')],
    },
    { deploymentFrequency: { n: 2 }, leadTime: { n: 1 } },
  ],
  [
    'several components in one deployment: one for each',
    {
      deployments: [
        deployment('api', '03-04 12:00', { sha: 'a' }),
        deployment('web', '03-04 12:00', {
          sha: 'a',
          entityRef: 'component:default/web',
        }),
      ],
    },
    { deploymentFrequency: { n: 2 } },
  ],
  [
    'a rollback: the deployment it mends has failed, and was over when it was',
    {
      deployments: [
        deployment('good', '03-02 12:00'),
        deployment('bad', '03-04 12:00'),
        deployment('back', '03-04 12:30', {
          sha: 'good',
          kind: 'rollback',
          mendsDeploymentId: 'bad',
        }),
      ],
    },
    {
      deploymentFrequency: { n: 3 },
      changeFailRate: { n: 3, failed: 1, reasons: { mended: 1 } },
      recoveryTime: { value: 1800, n: 1 },
      // Nobody says that an incident was the reason.
      reworkRate: { value: 0, n: 3, unplanned: 0, unexplained: 1 },
    },
  ],
  [
    'a hotfix for an incident: rework, and the incident says how long it took',
    {
      deployments: [
        deployment('bad', '03-04 12:00'),
        deployment('fix', '03-04 13:30', {
          kind: 'hotfix',
          mendsDeploymentId: 'bad',
          incidentId: 'i1',
        }),
      ],
      incidents: [
        incident('i1', '03-04 12:10', '03-04 14:00', { deploymentId: 'bad' }),
      ],
    },
    {
      changeFailRate: { value: 0.5, n: 2, failed: 1, reasons: { incident: 1 } },
      recoveryTime: { value: 7200, n: 1 },
      reworkRate: { value: 0.5, n: 2, unplanned: 1, unexplained: 0 },
    },
  ],
  [
    'a rollback of a deployment with an incident is rework without saying so',
    {
      deployments: [
        deployment('bad', '03-04 12:00'),
        deployment('back', '03-04 12:30', {
          kind: 'rollback',
          mendsDeploymentId: 'bad',
        }),
      ],
      incidents: [
        incident('i1', '03-04 12:10', '03-04 12:40', { deploymentId: 'bad' }),
      ],
    },
    { reworkRate: { value: 0.5, unplanned: 1, unexplained: 0 } },
  ],
  [
    'a canary that hurt before it was given up',
    {
      deployments: [
        deployment('canary', '03-04 12:30', {
          startedAt: '2026-03-04T12:00:00.000Z',
          result: 'failure',
        }),
      ],
      incidents: [
        incident('i1', '03-04 12:10', '03-04 12:25', {
          deploymentId: 'canary',
        }),
      ],
    },
    {
      deploymentFrequency: { status: 'no-data', n: 0 },
      changeFailRate: { value: 1, n: 1, failed: 1 },
      recoveryTime: { value: 900, n: 1, flagged: 0 },
    },
  ],
  [
    'three incidents of one deployment: it failed once, and was over with the last',
    {
      deployments: [
        deployment('bad', '03-04 12:00'),
        deployment('good', '03-05 12:00'),
      ],
      incidents: [
        incident('i1', '03-04 12:10', '03-04 13:00', { deploymentId: 'bad' }),
        incident('i2', '03-04 12:20', '03-04 15:00', { deploymentId: 'bad' }),
        incident('i3', '03-04 12:30', '03-04 14:00', { deploymentId: 'bad' }),
      ],
    },
    {
      changeFailRate: { value: 0.5, n: 2, failed: 1 },
      recoveryTime: { value: 3 * 3600, n: 1 },
    },
  ],
  [
    'while one of them is open, it is not over; opened again is open',
    {
      deployments: [deployment('bad', '03-04 12:00')],
      incidents: [
        incident('i1', '03-04 12:10', '03-04 13:00', { deploymentId: 'bad' }),
        incident('again', '03-04 12:20', undefined, { deploymentId: 'bad' }),
      ],
    },
    {
      changeFailRate: { failed: 1 },
      recoveryTime: { status: 'no-data', why: 'no-recoveries', n: 0, open: 1 },
    },
  ],
  [
    'an incident that no deployment caused is nobody’s failure',
    {
      deployments: [deployment('d1', '03-04 12:00')],
      incidents: [incident('i1', '03-20 12:00', '03-20 13:00')],
    },
    {
      changeFailRate: { value: 0, n: 1, failed: 0 },
      recoveryTime: { status: 'no-data', why: 'no-failures', unlinked: 1 },
    },
  ],
  [
    'failed before the month, over within it: a recovery of this month',
    {
      deployments: [deployment('bad', '02-27 12:00')],
      incidents: [
        incident('i1', '02-27 12:00', '03-02 12:00', { deploymentId: 'bad' }),
      ],
    },
    {
      changeFailRate: { status: 'no-data', n: 0 },
      recoveryTime: { value: 3 * DAY, n: 1 },
    },
  ],
  [
    'failed within the month, over after it: open at its end',
    {
      deployments: [deployment('bad', '03-31 12:00')],
      incidents: [
        incident('i1', '03-31 12:00', '04-01 00:00', { deploymentId: 'bad' }),
      ],
    },
    {
      changeFailRate: { value: 1, n: 1 },
      recoveryTime: { status: 'no-data', why: 'no-recoveries', open: 1 },
    },
  ],
];

describe('the five', () => {
  it.each(golden)('%s', (_name, facts, expected) => {
    expect(march(facts)).toMatchObject(expected);
  });
});
