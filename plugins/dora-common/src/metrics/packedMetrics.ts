import { Calendar, calendarOf } from './calendar';
import { changeFailRateOf } from './changeFailRate';
import { frequencyOf } from './deploymentFrequency';
import { Bucket, bucketsOf } from './distribution';
import { Millis } from './instants';
import { leadTimeOf } from './leadTime';
import { PackedRows } from './packed';
import { numbersOf } from './places';
import { recoveryTimeOf } from './recoveryTime';
import { Five } from './results';
import { reworkRateOf } from './reworkRate';
import { Point } from './series';
import { Spread } from './spread';
import {
  ChangeTally,
  Counting,
  RolloutTally,
  tallyChanges,
  tallyRollouts,
  tallyUnlinked,
  tallyWaiting,
} from './tally';
import { daysOf, intervalsOf, Window } from './window';

interface Tally {
  rollouts: RolloutTally;
  changes: ChangeTally;
  middles: Record<Durations, ReturnType<Spread['middles']>>;
  waiting: Uint32Array;
  unlinked: Uint32Array;
}

const DURATIONS = ['total', 'coding', 'review', 'deploy', 'botTotal'] as const;
type Durations = (typeof DURATIONS)[number];

/** The five of a window, of its intervals, and how durations are spread. */
export interface PackedMetrics {
  metrics: Five;
  series: Point[];
  distribution: { leadTime: Bucket[]; recoveryTime: Bucket[] };
}

/**
 * The same as `fiveOf`, `seriesOf` and the buckets make of the rows, in one pass over
 * those of many components.
 * @param parts - each in order of time; for a window, those `historyOfRows` needs
 */
export function metricsOfPacked(
  parts: readonly PackedRows[],
  window: Window,
  now: Millis,
  counting: Counting,
): PackedMetrics {
  const calendar = calendarOf(window, now);
  const { happened, weeks } = calendar;
  const intervals = intervalsOf(happened);
  const edges = Float64Array.from([
    happened.from,
    ...intervals.map(({ to }) => to),
    ...(intervals.length === 0 ? [happened.to] : []),
  ]);
  const tally = tallyParts(parts, edges, calendar, counting);
  const all = Math.max(1, intervals.length);
  const distribution = {
    leadTime: bucketsOf(tally.changes.total),
    recoveryTime: bucketsOf(tally.rollouts.recoveries.numbers),
  };
  const series = intervals.map((interval, k) => {
    const { from, to } = interval;
    const inside = weeks.flatMap((week, w) =>
      week.from >= from && week.to <= to ? tally.rollouts.weeks[w] : [],
    );
    const days = daysOf({ ...happened, from, to });
    return { ...interval, metrics: fiveOfTally(tally, k, k + 1, days, inside) };
  });
  const byWeek = [...tally.rollouts.weeks];
  return {
    metrics: fiveOfTally(tally, 0, all, calendar.days, byWeek),
    series,
    distribution,
  };
}

/**
 * The same as `fiveOf` makes of the rows.
 * @param calendar - of the window
 */
export function fiveOfPacked(
  parts: readonly PackedRows[],
  calendar: Calendar,
  counting: Counting,
): Five {
  const { from, to } = calendar.happened;
  const edges = Float64Array.of(from, to);
  const tally = tallyParts(parts, edges, calendar, counting);
  const weeks = [...tally.rollouts.weeks];
  return fiveOfTally(tally, 0, 1, calendar.days, weeks);
}

function tallyParts(
  parts: readonly PackedRows[],
  edges: Float64Array,
  { weeks }: Calendar,
  counting: Counting,
): Tally {
  const weekEdges = Float64Array.from([
    ...weeks.map(({ from }) => from),
    ...weeks.slice(-1).map(({ to }) => to),
  ]);
  const changes = tallyChanges(parts, edges, counting);
  const [total, coding, review, deploy, botTotal] = DURATIONS.map(name =>
    changes[name].middles(),
  );
  return {
    rollouts: tallyRollouts(parts, edges, weekEdges, counting),
    changes,
    middles: { total, coding, review, deploy, botTotal },
    waiting: tallyWaiting(parts, edges, counting),
    unlinked: tallyUnlinked(parts, edges),
  };
}

/** Of the intervals from `first` up to before `last`: of one, or of all. */
function fiveOfTally(
  { rollouts, changes, middles, waiting, unlinked }: Tally,
  first: number,
  last: number,
  days: number,
  weeks: readonly number[],
): Five {
  const sum = (counts: Uint32Array) => {
    let all = 0;
    for (let k = first; k < last; k++) all += counts[k];
    return all;
  };
  const middleOf = (name: Durations) => {
    const { each, all } = middles[name];
    return last - first === 1 ? each[first] : all;
  };
  const [incident, failed, mended] = rollouts.failed.map(sum);
  const n = sum(rollouts.finished);
  return {
    deploymentFrequency: frequencyOf({ n: sum(rollouts.reached), days, weeks }),
    leadTime: leadTimeOf({
      n: sum(changes.deployed),
      total: middleOf('total'),
      coding: middleOf('coding'),
      review: middleOf('review'),
      deploy: middleOf('deploy'),
      flagged: sum(changes.flagged),
      unknown: sum(changes.unknown),
      waiting: sum(waiting),
      bots: {
        n: sum(changes.byBots),
        total: middleOf('botTotal'),
      },
    }),
    recoveryTime: recoveryTimeOf({
      durations: numbersOf(rollouts.recoveries, first, last),
      open: rollouts.open[last - 1],
      flagged: sum(rollouts.flagged),
      unlinked: sum(unlinked),
    }),
    changeFailRate: changeFailRateOf({
      n,
      failed: { incident, failed, mended },
    }),
    reworkRate: reworkRateOf({
      n,
      unplanned: sum(rollouts.rework),
      unscheduled: sum(rollouts.unscheduled),
    }),
  };
}
