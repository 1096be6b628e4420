import { Calendar, calendarOf } from './calendar';
import { changeFailRateOf } from './changeFailRate';
import { frequencyOf } from './deploymentFrequency';
import { addedBuckets, Bucket, bucketsOf } from './distribution';
import { Millis } from './instants';
import { leadTimeOf } from './leadTime';
import { PackedRows } from './packed';
import { recoveryTimeOf } from './recoveryTime';
import { Five } from './results';
import { reworkRateOf } from './reworkRate';
import { Point } from './series';
import { middleOf } from './spread';
import { KeptStretches, Stretch, stretchesOf } from './stretches';
import { Counting, tallyReached } from './tally';
import { daysOf, Interval, intervalsOf, Window } from './window';

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
 * @param kept - what was counted before of rows that are the same
 */
export function metricsOfPacked(
  parts: readonly PackedRows[],
  window: Window,
  now: Millis,
  counting: Counting,
  kept?: KeptStretches,
): PackedMetrics {
  const calendar = calendarOf(window, now);
  const { happened, weeks } = calendar;
  const intervals = intervalsOf(happened);
  const edges = edgesOf(happened, [...intervals, ...weeks]);
  const places = new Map(edges.map((edge, k) => [edge, k]));
  const all = stretchesOf(parts, edges, counting, kept);
  const inside = ({ from, to }: Pick<Interval, 'from' | 'to'>) =>
    all.slice(places.get(from), places.get(to));
  const reached = weeks.map(week => sum(inside(week), 'reached'));
  const series = intervals.map(interval => {
    const { from, to } = interval;
    const days = daysOf({ ...happened, from, to });
    const own = reached.filter(
      (_, w) => weeks[w].from >= from && weeks[w].to <= to,
    );
    return {
      ...interval,
      metrics: fiveOfStretches(inside(interval), days, own),
    };
  });
  return {
    metrics: fiveOfStretches(all, calendar.days, reached),
    series,
    distribution: {
      leadTime: addedBuckets(all.map(({ leadTimes }) => leadTimes)),
      recoveryTime: bucketsOf(recoveriesOf(all)),
    },
  };
}

/**
 * The same as `fiveOf` makes of the rows.
 * @param calendar - of the window
 */
export function fiveOfPacked(
  parts: readonly PackedRows[],
  { happened, days, weeks }: Calendar,
  counting: Counting,
): Five {
  const { from, to } = happened;
  const weekEdges = Float64Array.from([
    ...weeks.map(week => week.from),
    ...weeks.slice(-1).map(week => week.to),
  ]);
  const reached = tallyReached(parts, weekEdges);
  const stretches = stretchesOf(parts, [from, to], counting);
  return fiveOfStretches(stretches, days, [...reached]);
}

/** Where intervals and weeks begin and end in what has happened of a window. */
function edgesOf(
  { from, to }: Window,
  parts: readonly Pick<Interval, 'from' | 'to'>[],
): Millis[] {
  const between = new Set(parts.flatMap(one => [one.from, one.to]));
  between.delete(from);
  between.delete(to);
  return [from, ...[...between].sort((a, b) => a - b), to];
}

/**
 * Of stretches that follow on one another.
 * @param weeks - how many deployments succeeded in each whole week of them
 */
function fiveOfStretches(
  stretches: readonly Stretch[],
  days: number,
  weeks: readonly number[],
): Five {
  const of = (name: Counts) => sum(stretches, name);
  const middle = (name: keyof Stretch['durations']) =>
    middleOf(stretches.map(({ durations }) => durations[name]));
  const [incident, failed, mended] = [0, 1, 2].map(reason =>
    stretches.reduce((all, one) => all + one.failed[reason], 0),
  );
  const n = of('finished');
  return {
    deploymentFrequency: frequencyOf({ n: of('reached'), days, weeks }),
    leadTime: leadTimeOf({
      n: of('deployed'),
      total: middle('total'),
      coding: middle('coding'),
      review: middle('review'),
      deploy: middle('deploy'),
      flagged: of('flagged'),
      unknown: of('unknown'),
      waiting: of('waiting'),
      bots: { n: of('byBots'), total: middle('botTotal') },
    }),
    recoveryTime: recoveryTimeOf({
      durations: recoveriesOf(stretches),
      open: stretches[stretches.length - 1].open,
      flagged: of('flaggedRecoveries'),
      unlinked: of('unlinked'),
    }),
    changeFailRate: changeFailRateOf({
      n,
      failed: { incident, failed, mended },
    }),
    reworkRate: reworkRateOf({
      n,
      unplanned: of('rework'),
      unscheduled: of('unscheduled'),
    }),
  };
}

type Counts = {
  [K in keyof Stretch]: Stretch[K] extends number ? K : never;
}[keyof Stretch];

function sum(stretches: readonly Stretch[], name: Counts): number {
  return stretches.reduce((all, one) => all + one[name], 0);
}

function recoveriesOf(stretches: readonly Stretch[]): Float64Array {
  const n = stretches.reduce((all, one) => all + one.recoveries.length, 0);
  const numbers = new Float64Array(n);
  let end = 0;
  for (const { recoveries } of stretches) {
    numbers.set(recoveries, end);
    end += recoveries.length;
  }
  return numbers;
}
