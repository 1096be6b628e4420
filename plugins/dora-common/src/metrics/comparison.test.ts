import {
  change,
  deployment,
  march,
  windowOf,
  millis,
} from './__testUtils__/facts';
import { movementsOf } from './comparison';
import { leadTimeBuckets, recoveryTimeBuckets } from './distribution';
import { historyOf } from './history';

const deployments = (n: number, failed: number) =>
  Array.from({ length: n }, (_, index) =>
    deployment(`d${index}`, `03-04 ${10 + index}:00`, {
      result: index < failed ? 'failure' : 'success',
    }),
  );

describe('movementsOf', () => {
  it('says whether more is better', () => {
    const before = march({ deployments: deployments(10, 1) });
    const after = march({ deployments: deployments(12, 3) });
    const moved = movementsOf(before, after);
    expect(moved.changeFailRate).toMatchObject({
      from: 0.1,
      to: 0.25,
      direction: 'worse',
      small: false,
    });
    expect(moved.changeFailRate?.relative).toBeCloseTo(1.5, 10);
    expect(moved.deploymentFrequency).toMatchObject({
      direction: 'same',
      small: true,
    });
    expect(movementsOf(after, before).changeFailRate?.direction).toBe('better');
    expect(moved.leadTime).toBeUndefined();
  });

  it('has no share of nothing', () => {
    const moved = movementsOf(
      march({ deployments: deployments(10, 0) }),
      march({ deployments: deployments(10, 1) }),
    );
    expect(moved.changeFailRate).toMatchObject({ from: 0, direction: 'worse' });
    expect(moved.changeFailRate).not.toHaveProperty('relative');
  });
});

describe('buckets', () => {
  const history = historyOf(
    {
      deployments: [
        deployment('d1', '03-10 08:00', { result: 'failure' }),
        deployment('d2', '03-10 12:00'),
      ],
      changes: ['03-10 12:00', '03-10 11:00', '03-09 12:00', '01-09 12:00'].map(
        (first, index) =>
          change(`c${index}`, first, '03-10 12:00', {
            deployedAt: '2026-03-10T12:00:00.000Z',
          }),
      ),
      incidents: [],
    },
    millis('05-01 00:00'),
  );
  const window = windowOf('03-01', '04-01');

  it('begin with their lower edge, empty ones included', () => {
    expect(leadTimeBuckets(history, window).map(({ n }) => n)).toEqual([
      1, 1, 0, 1, 0, 0, 0, 1,
    ]);
    expect(recoveryTimeBuckets(history, window)[2]).toEqual({
      from: 4 * 3600,
      to: 24 * 3600,
      n: 1,
    });
  });
});
