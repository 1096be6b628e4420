import { BenchmarkMetric, benchmarks, fittingLevels } from './benchmarks';

const METRICS: BenchmarkMetric[] = [
  'deploymentFrequency',
  'leadTime',
  'recoveryTime',
  'changeFailRate',
];

const set = (year: number) => {
  const found = benchmarks.find(of => of.year === year);
  if (!found) throw new Error(`no benchmarks of ${year}`);
  return found;
};

describe('benchmarks', () => {
  it('say their year and where they were read, latest first', () => {
    expect(benchmarks.map(({ year }) => year)).toEqual([
      2025, 2024, 2023, 2022, 2021,
    ]);
    for (const { year, source, readAt } of benchmarks) {
      expect(source).toBe(`https://dora.dev/research/${year}/dora-report/`);
      expect(readAt.length).toBeGreaterThan(0);
    }
  });

  it('get slower from cluster to cluster', () => {
    for (const { levels } of benchmarks) {
      for (const metric of METRICS) {
        const starts = levels.map(level => level[metric].from ?? 0);
        const sorted = [...starts].sort((a, b) =>
          metric === 'deploymentFrequency' ? b - a : a - b,
        );
        // In 2024 the high cluster failed more often than the medium one.
        const asReported =
          metric === 'changeFailRate' && starts[1] === 0.2
            ? [0.05, 0.2, 0.1, 0.4]
            : sorted;
        expect(starts).toEqual(asReported);
      }
    }
  });

  it('fit a value to the clusters whose range holds it, or to none', () => {
    const hour = 3600;
    expect(fittingLevels(set(2024), 'leadTime', 3 * hour)).toEqual(['elite']);
    expect(fittingLevels(set(2024), 'recoveryTime', 3 * hour)).toEqual([
      'high',
      'medium',
    ]);
    expect(fittingLevels(set(2021), 'leadTime', 3 * hour)).toEqual([]);
    expect(fittingLevels(set(2024), 'changeFailRate', 0.07)).toEqual([]);
    expect(fittingLevels(set(2022), 'changeFailRate', 0.155)).toEqual(['high']);
    expect(fittingLevels(set(2023), 'deploymentFrequency', 2)).toEqual([
      'elite',
    ]);
    expect(fittingLevels(set(2025), 'leadTime', hour)).toEqual([]);
  });
});
