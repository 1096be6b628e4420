import { Change, Deployment } from '../facts';
import { change, deployment } from './__testUtils__/facts';
import { git } from './__testUtils__/git';
import { Contains, deployedChanges } from './deployedChanges';

interface Case {
  name: string;
  history: Contains;
  changes: Change[];
  deployments: Deployment[];
  /** Deployment that each change is credited to. */
  expected: Record<string, string | undefined>;
}

const WEB = 'component:default/web';

const cases: Case[] = [
  {
    name: 'a merge commit: the pull request is deployed with what contains it',
    history: git('root m1+b2', 'root b1 b2'),
    changes: [change('c', '03-01 09:00', '03-02 09:00', { mergeSha: 'm1' })],
    deployments: [
      deployment('d0', '03-01 12:00', { sha: 'root' }),
      deployment('d1', '03-02 10:00', { sha: 'm1' }),
    ],
    expected: { c: 'd1' },
  },
  {
    name: 'a squash: the commits of the pull request are on no branch any more',
    history: git('root s1', 'root b1 b2'),
    changes: [change('c', '03-01 09:00', '03-02 09:00', { mergeSha: 's1' })],
    deployments: [deployment('d1', '03-02 10:00', { sha: 's1' })],
    expected: { c: 'd1' },
  },
  {
    name: 'a rebase: its last new commit stands for it',
    history: git('root r1 r2 r3', 'root b1 b2'),
    changes: [change('c', '03-01 09:00', '03-02 09:00', { mergeSha: 'r2' })],
    deployments: [
      deployment('half', '03-02 09:30', { sha: 'r1' }),
      deployment('d1', '03-02 10:00', { sha: 'r3' }),
    ],
    expected: { c: 'd1' },
  },
  {
    name: 'a merge queue: several are deployed with the commit of the last',
    history: git('root q1 q2 q3'),
    changes: [
      change('c1', '03-01 09:00', '03-02 09:00', { mergeSha: 'q1' }),
      change('c2', '03-01 09:00', '03-02 09:00', { mergeSha: 'q2' }),
      change('c3', '03-01 09:00', '03-02 09:01', { mergeSha: 'q3' }),
    ],
    deployments: [deployment('d1', '03-02 10:00', { sha: 'q2' })],
    expected: { c1: 'd1', c2: 'd1', c3: undefined },
  },
  {
    name: 'a cherry-pick: the pick is deployed with the release, the original later',
    history: git('root m1 m2', 'root p1'),
    changes: [
      change('original', '03-01 09:00', '03-02 09:00', { mergeSha: 'm2' }),
      change('pick', '03-01 09:00', '03-02 11:00', { mergeSha: 'p1' }),
    ],
    deployments: [
      deployment('release', '03-02 12:00', { sha: 'p1' }),
      deployment('main', '03-05 12:00', { sha: 'm2' }),
    ],
    expected: { original: 'main', pick: 'release' },
  },
  {
    name: 'a revert: both are changes, each with its own deployment',
    history: git('root m1 r1'),
    changes: [
      change('c', '03-01 09:00', '03-02 09:00', { mergeSha: 'm1' }),
      change('revert', '03-02 11:00', '03-02 11:05', { mergeSha: 'r1' }),
    ],
    deployments: [
      deployment('d1', '03-02 10:00', { sha: 'm1' }),
      deployment('d2', '03-02 11:30', { sha: 'r1' }),
    ],
    expected: { c: 'd1', revert: 'd2' },
  },
  {
    name: 'a hotfix from the deployed commit: what waits on the branch still waits',
    history: git('root m1 m2', 'm1 h1'),
    changes: [
      change('waits', '03-01 09:00', '03-02 09:00', { mergeSha: 'm2' }),
      change('fix', '03-02 11:00', '03-02 11:05', { mergeSha: 'h1' }),
    ],
    deployments: [
      deployment('d1', '03-01 10:00', { sha: 'm1' }),
      deployment('hot', '03-02 11:30', { sha: 'h1', kind: 'hotfix' }),
    ],
    expected: { waits: undefined, fix: 'hot' },
  },
  {
    name: 'a forced push: what it threw away is never deployed',
    history: git('root m1 lost', 'm1 n1'),
    changes: [
      change('lost', '03-01 09:00', '03-02 09:00'),
      change('kept', '03-01 09:00', '03-02 09:30', { mergeSha: 'n1' }),
    ],
    deployments: [deployment('d1', '03-02 10:00', { sha: 'n1' })],
    expected: { lost: undefined, kept: 'd1' },
  },
  {
    name: 'a monorepo: a component has only changes of its own path',
    history: git('root m1 m2'),
    changes: [
      change('api', '03-01 09:00', '03-02 09:00', { mergeSha: 'm1' }),
      change('web', '03-01 09:00', '03-02 09:00', {
        mergeSha: 'm2',
        entityRef: WEB,
      }),
    ],
    deployments: [deployment('d1', '03-02 10:00', { sha: 'm2' })],
    expected: { api: 'd1', web: undefined },
  },
  {
    name: 'several components in one deployment: each has its own fact of it',
    history: git('root m1'),
    changes: [
      change('api', '03-01 09:00', '03-02 09:00', { mergeSha: 'm1' }),
      change('web', '03-01 09:00', '03-02 09:00', {
        mergeSha: 'm1',
        entityRef: WEB,
      }),
    ],
    deployments: [
      deployment('d-api', '03-02 10:00', { sha: 'm1' }),
      deployment('d-web', '03-02 10:00', { sha: 'm1', entityRef: WEB }),
    ],
    expected: { api: 'd-api', web: 'd-web' },
  },
  {
    name: 'regions: the first to succeed counts',
    history: git('root m1'),
    changes: [change('c', '03-01 09:00', '03-02 09:00', { mergeSha: 'm1' })],
    deployments: [
      deployment('us', '03-02 12:00', { sha: 'm1', region: 'us' }),
      deployment('eu', '03-02 10:00', { sha: 'm1', region: 'eu' }),
    ],
    expected: { c: 'eu' },
  },
  {
    name: 'a redeploy of the same commit claims nothing',
    history: git('root m1'),
    changes: [change('c', '03-01 09:00', '03-02 09:00', { mergeSha: 'm1' })],
    deployments: [
      deployment('d1', '03-02 10:00', { sha: 'm1' }),
      deployment('again', '03-04 10:00', { sha: 'm1' }),
    ],
    expected: { c: 'd1' },
  },
  {
    name: 'a rollback claims nothing, even what no known deployment contained',
    history: git('root m1 m2'),
    changes: [
      change('c1', '03-01 09:00', '03-02 09:00', { mergeSha: 'm1' }),
      change('c2', '03-01 09:00', '03-02 09:30', { mergeSha: 'm2' }),
    ],
    deployments: [
      deployment('d0', '03-01 10:00', { sha: 'root' }),
      deployment('back', '03-02 11:00', { sha: 'm1', kind: 'rollback' }),
      deployment('d2', '03-03 10:00', { sha: 'm2' }),
    ],
    expected: { c1: 'd2', c2: 'd2' },
  },
  {
    name: 'a canary that failed deploys nothing; staging and cancelled ones neither',
    history: git('root m1'),
    changes: [change('c', '03-01 09:00', '03-02 09:00', { mergeSha: 'm1' })],
    deployments: [
      deployment('canary', '03-02 10:00', { sha: 'm1', result: 'failure' }),
      deployment('stage', '03-02 10:10', { sha: 'm1', production: false }),
      deployment('stop', '03-02 10:20', { sha: 'm1', result: 'cancelled' }),
      deployment('runs', '03-02 10:30', {
        sha: 'm1',
        result: undefined,
        finishedAt: undefined,
      }),
      deployment('d1', '03-02 11:00', { sha: 'm1' }),
    ],
    expected: { c: 'd1' },
  },
  {
    name: 'the first deployment claims no years of history',
    history: git('root m1 m2 m3'),
    changes: [
      change('old', '01-01 09:00', '01-02 09:00', { mergeSha: 'm1' }),
      change('edge', '01-01 09:00', '01-31 10:00', { mergeSha: 'm2' }),
      change('new', '02-20 09:00', '03-01 09:00', { mergeSha: 'm3' }),
    ],
    deployments: [deployment('d1', '03-02 10:00', { sha: 'm3' })],
    expected: { old: undefined, edge: 'd1', new: 'd1' },
  },
  {
    name: 'an older commit deployed after a newer one claims nothing more',
    history: git('root m1 m2'),
    changes: [change('c', '03-01 09:00', '03-02 09:00', { mergeSha: 'm2' })],
    deployments: [
      deployment('d2', '03-02 10:00', { sha: 'm2' }),
      deployment('d1', '03-02 11:00', { sha: 'm1' }),
    ],
    expected: { c: 'd2' },
  },
  {
    name: 'a merge that a wrong clock puts after its deployment is found',
    history: git('root m1'),
    changes: [change('c', '03-01 09:00', '03-03 09:00', { mergeSha: 'm1' })],
    deployments: [
      deployment('d1', '03-02 10:00', { sha: 'm1' }),
      deployment('d2', '03-09 10:00', { sha: 'm1' }),
    ],
    expected: { c: 'd1' },
  },
  {
    name: 'a deployment that names no commit claims nothing',
    history: git('root m1'),
    changes: [change('c', '03-01 09:00', '03-02 09:00', { mergeSha: 'm1' })],
    deployments: [deployment('d1', '03-02 10:00', { sha: undefined })],
    expected: { c: undefined },
  },
];

describe('deployedChanges', () => {
  it.each(cases)('$name', ({ history, changes, deployments, expected }) => {
    for (const order of [deployments, [...deployments].reverse()]) {
      const result = deployedChanges(changes, order, history, 30);
      expect(
        Object.fromEntries(
          result.map(({ id, deploymentId }) => [id, deploymentId]),
        ),
      ).toEqual(expected);
    }
  });

  it('says when it was deployed: when that deployment finished', () => {
    const [result] = deployedChanges(
      [change('c', '03-01 09:00', '03-02 09:00')],
      [deployment('d1', '03-02 10:00', { sha: 'c' })],
      git('root c'),
      30,
    );
    expect(result.deployedAt).toBe('2026-03-02T10:00:00.000Z');
  });
});
