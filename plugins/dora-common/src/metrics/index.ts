export { changeFailRate } from './changeFailRate';
export { calendarOf } from './calendar';
export type { Calendar } from './calendar';
export {
  COHORT_KEYS,
  COHORTS,
  cohortOf,
  compareCohorts,
  compareFives,
  SELECTION_BIAS,
  SMALL_COHORT,
} from './cohorts';
export type {
  Cohort,
  CohortComponent,
  CohortKey,
  CohortResult,
  Spread,
} from './cohorts';
export { METRIC_NAMES, movementsOf, SMALL_N } from './comparison';
export type { Movement } from './comparison';
export { deployedChanges, UNCLAIMED_REASONS } from './deployedChanges';
export type {
  Contains,
  MergedChange,
  UnclaimedReason,
} from './deployedChanges';
export { deploymentFrequency } from './deploymentFrequency';
export { leadTimeBuckets, recoveryTimeBuckets } from './distribution';
export type { Bucket } from './distribution';
export {
  CHANGES_COUNTED,
  countedChanges,
  countedRollouts,
  DEPLOYMENTS_COUNTED,
} from './evidence';
export type { ChangesCounted, DeploymentsCounted } from './evidence';
export { EARLIEST } from './instants';
export { FAILURE_REASONS } from './failures';
export type { FailureReason } from './failures';
export { DEFAULT_OPTIONS, historyOf, historyOfRows } from './history';
export type { FailedRollout, History, MetricOptions } from './history';
export { packRows } from './packed';
export type { PackedRows } from './packed';
export { fiveOfPacked, metricsOfPacked } from './packedMetrics';
export type { PackedMetrics } from './packedMetrics';
export { BOTS, leadTime } from './leadTime';
export type { Bots } from './leadTime';
export { linkIncidents, UNLINKED_REASONS } from './linkIncidents';
export type {
  ReportedIncident,
  StatedCause,
  UnlinkedReason,
} from './linkIncidents';
export { median, percentile, percentilesOf } from './percentiles';
export type { Percentiles } from './percentiles';
export { recoveryTime } from './recoveryTime';
export * from './results';
export { reworkRate } from './reworkRate';
export { rowsOf } from './rows';
export type { KeptStretches, Stretch } from './stretches';
export type {
  ChangeRow,
  LeadTime,
  MetricRows,
  RolloutRow,
  UnlinkedRow,
  WaitingRow,
} from './rows';
export { fiveOf, seriesOf } from './series';
export type { Point } from './series';
export {
  before,
  daysOf,
  INTERVALS,
  intervalsOf,
  isTimeZone,
  MAX_INTERVALS,
  parseEdge,
  past,
} from './window';
export type { Interval, IntervalUnit, Window } from './window';
