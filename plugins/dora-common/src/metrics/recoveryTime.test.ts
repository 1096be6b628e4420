import { deployment, incident, march } from './__testUtils__/facts';
import { DEFAULT_OPTIONS } from './history';

const failed = { result: 'failure', originalResult: 'failure' } as const;

describe('recoveryTime', () => {
  it('of a failed deployment is the next success in the same place', () => {
    const deployments = [
      deployment('eu1', '03-04 12:00', { region: 'eu', sha: 'a', ...failed }),
      deployment('us1', '03-04 12:00', { region: 'us', sha: 'a' }),
      deployment('us2', '03-04 13:00', { region: 'us', sha: 'b' }),
      deployment('eu2', '03-04 14:00', { region: 'eu', sha: 'c' }),
    ];
    expect(march({ deployments }).recoveryTime).toMatchObject({
      status: 'ok',
      value: 7200,
      n: 1,
      open: 0,
    });
  });

  it('of failures in a row ends with the same success, for each', () => {
    const deployments = [
      deployment('d1', '03-04 12:00', failed),
      deployment('d2', '03-04 13:00', failed),
      deployment('d3', '03-04 14:00'),
      deployment('d4', '03-04 15:00', failed),
    ];
    expect(march({ deployments }).recoveryTime).toMatchObject({
      value: 5400,
      n: 2,
      open: 1,
    });
  });

  it('can be left to incidents', () => {
    const deployments = [
      deployment('d1', '03-04 12:00', failed),
      deployment('d2', '03-04 13:00'),
    ];
    const options = { ...DEFAULT_OPTIONS, recoverWithoutIncident: false };
    const { recoveryTime, changeFailRate } = march(
      { deployments },
      { options },
    );
    expect(recoveryTime).toMatchObject({ status: 'no-data', open: 0 });
    expect(changeFailRate).toMatchObject({ n: 2, failed: 1 });
  });

  it('lasts while the mending deployment runs, and when it was given up', () => {
    const mending = (more: object) =>
      march({
        deployments: [
          deployment('bad', '03-04 12:00'),
          deployment('fix', '03-04 13:00', {
            kind: 'hotfix',
            mendsDeploymentId: 'bad',
            ...more,
          }),
        ],
      });
    const running = mending({ result: undefined, finishedAt: undefined });
    expect(running.changeFailRate).toMatchObject({ n: 1, failed: 1 });
    expect(running.recoveryTime).toMatchObject({ status: 'no-data', open: 1 });
    const given = mending({ result: 'cancelled' });
    expect(given.changeFailRate).toMatchObject({ n: 1, failed: 0 });
  });

  it('uses no time that a wrong clock gave', () => {
    const deployments = [
      deployment('d1', '03-04 12:00'),
      deployment('d2', '03-05 12:00'),
      deployment('d3', '03-06 12:00'),
    ];
    const incidents = [
      incident('before it began', '03-04 12:10', '03-04 11:00', {
        deploymentId: 'd1',
      }),
      incident('year 1', '03-05 12:10', undefined, {
        deploymentId: 'd2',
        resolvedAt: '0001-01-01T00:00:00.000Z',
      }),
      incident('begins in the future', '12-06 12:00', undefined, {
        deploymentId: 'd3',
      }),
    ];
    const { recoveryTime, changeFailRate } = march({ deployments, incidents });
    expect(recoveryTime).toMatchObject({
      status: 'no-data',
      n: 0,
      flagged: 1,
      open: 0,
    });
    expect(changeFailRate).toMatchObject({ n: 3, failed: 2 });
  });

  it('of an incident that seems older than its deployment is from that one’s start', () => {
    const { recoveryTime } = march({
      deployments: [deployment('d1', '03-04 12:00')],
      incidents: [
        incident('i1', '03-04 10:00', '03-04 13:00', { deploymentId: 'd1' }),
      ],
    });
    // Never longer than since the deployment began.
    expect(recoveryTime).toMatchObject({ value: 4200, n: 1 });
  });
});
