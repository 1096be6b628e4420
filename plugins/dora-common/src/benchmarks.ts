import { BENCHMARK_SETS } from './benchmarkSets';
import { MetricName } from './metrics';

export const BENCHMARK_LEVELS = ['elite', 'high', 'medium', 'low'] as const;
export type BenchmarkLevel = (typeof BENCHMARK_LEVELS)[number];

/**
 * What a report says of a cluster, in the metric's own unit: deployments per day,
 * seconds, or a share. Both edges are the same where it gives one number.
 */
export interface BenchmarkRange {
  /** In the report's words. */
  text: string;
  from?: number;
  to?: number;
}

/** The metrics that reports give by cluster: none gives the rework rate. */
export type BenchmarkMetric = Exclude<MetricName, 'reworkRate'>;

/** A year's report. Orientation by what others answered in a survey, not a grade. */
export interface BenchmarkSet {
  year: number;
  report: string;
  /** Where the report is. */
  source: string;
  /** Where its figures were read and compared. */
  readAt: string[];
  /** What differs from other years, or why there are no clusters. */
  note: string;
  /** Best first; none where the report has no clusters. */
  levels: ({ name: BenchmarkLevel } & Record<
    BenchmarkMetric,
    BenchmarkRange
  >)[];
}

/** By year, latest first. */
export const benchmarks: readonly BenchmarkSet[] = BENCHMARK_SETS;

/**
 * The clusters that a value fits, best first. Clusters neither meet nor cover
 * everything: a value can fit several of them, or none.
 */
export function fittingLevels(
  set: BenchmarkSet,
  metric: BenchmarkMetric,
  value: number,
): BenchmarkLevel[] {
  return set.levels
    .filter(level => {
      const { from = 0, to = Infinity } = level[metric];
      return value >= from && (value < to || value === from);
    })
    .map(({ name }) => name);
}
