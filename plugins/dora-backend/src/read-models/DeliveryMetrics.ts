import { createHash } from 'node:crypto';
import {
  before,
  Bots,
  calendarOf,
  CohortComponent,
  CohortsAnswer,
  CohortsQuery,
  compareFives,
  EVIDENCE,
  Five,
  fiveOfPacked,
  KeptStretches,
  MetricOptions,
  metricsOfPacked,
  MetricsAnswer,
  SELECTION_BIAS,
  Stretch,
  Window,
} from '@waymark/backstage-plugin-dora-common';
import { Answers } from './Answers';
import { Memo } from './Memo';
import { Refs } from './refs';
import { RowReader, Rows } from './RowReader';

/** Of stretches of time that are kept, for all who ask. */
const STRETCH_BYTES = 100 * 1024 * 1024;

/** The components that are meant, and how many they are. */
export interface Meant {
  refs: Refs;
  count: number;
}

/** Computes metrics of stored rows. */
export class DeliveryMetrics {
  private readonly answers = new Answers<MetricsAnswer | CohortsAnswer>();
  /** What comes in seldom changes anything of the window before. */
  private readonly past = new Memo<Five>(200);
  /** Nor of the weeks that are over. */
  private readonly stretches = new Memo<Stretch>(STRETCH_BYTES, bytesOf);
  /** What comes in changes one component and the cohort that it is in. */
  private readonly members = new Memo<Five>(20_000);

  constructor(
    private readonly rows: RowReader,
    private readonly options: MetricOptions,
  ) {}

  /** The five of a window, of the one before, and of its intervals. */
  async of(
    { refs, count }: Meant,
    window: Window,
    bots: Bots,
  ): Promise<MetricsAnswer> {
    const { from, to, timeZone, interval } = window;
    const key = [refs, count, from, to, timeZone, interval, bots];
    const compute = async (): Promise<MetricsAnswer> => {
      const previous = before(window);
      const read = await this.rows.read(refs, { from: previous.from, to });
      const parts = [...read.byRef.values()];
      const now = Date.now();
      const counting = this.counting(bots);
      const kept = this.keptOf(refs, bots, read, now);
      const computed = metricsOfPacked(parts, window, now, counting, kept);
      const calendar = calendarOf(previous, now);
      return {
        window: { from: text(from), to: text(to), timeZone, interval },
        asOf: text(now),
        components: count,
        metrics: computed.metrics,
        previous: this.past.get(
          [refs, calendar.happened, bots],
          read.stamp(calendar.happened),
          () => fiveOfPacked(parts, calendar, counting),
        ),
        evidence: EVIDENCE,
        distribution: computed.distribution,
        series: computed.series.map(point => ({
          ...point,
          from: text(point.from),
          to: text(point.to),
        })),
      };
    };
    return this.answer(refs, key, compute) as Promise<MetricsAnswer>;
  }

  /** Cohorts of the components side by side. */
  async cohorts(
    components: readonly CohortComponent[],
    query: CohortsQuery,
  ): Promise<CohortsAnswer> {
    const refs = components.map(({ entityRef }) => entityRef);
    const { from, to, timeZone, by, bots } = query;
    const key = [components, from, to, timeZone, by, bots];
    const compute = async () => {
      const read = await this.rows.read(refs, { from, to });
      const now = endOfMinute(Date.now());
      const window: Window = { from, to, timeZone, interval: 'week' };
      const calendar = calendarOf(window, now);
      const { happened } = calendar;
      const counting = this.counting(bots);
      const five = (own: readonly string[]) =>
        this.members.get(
          [own, happened, bots],
          read.stamp(happened, own),
          () => {
            const parts = own.flatMap(ref => read.byRef.get(ref) ?? []);
            return fiveOfPacked(parts, calendar, counting);
          },
        );
      const cohorts = compareFives(five, components, by, now);
      return { bias: SELECTION_BIAS, cohorts };
    };
    return this.answer(refs, key, compute) as Promise<CohortsAnswer>;
  }

  private answer(
    refs: Refs,
    key: unknown,
    answer: () => Promise<MetricsAnswer | CohortsAnswer>,
  ) {
    const version = () => this.rows.version(refs);
    return this.answers.get(key, { version, answer });
  }

  /** Only what is over: what ends now is never asked for again. */
  private keptOf(
    refs: Refs,
    bots: Bots,
    { stamp }: Rows,
    now: number,
  ): KeptStretches {
    const whose = createHash('sha256')
      .update(JSON.stringify([refs, bots]))
      .digest('hex');
    return {
      get: (from, to) =>
        to < now
          ? this.stretches.known([whose, from, to], stamp({ from, to }))
          : undefined,
      keep: stretch => {
        const { from, to } = stretch;
        if (to >= now) return;
        this.stretches.keep([whose, from, to], stamp({ from, to }), stretch);
      },
    };
  }

  private counting(bots: Bots) {
    const { recoverWithoutIncident } = this.options;
    return { bots, recoverWithoutIncident };
  }
}

function bytesOf({ durations }: Stretch): number {
  return Object.values(durations).reduce((sum, one) => sum + one.bytes, 1_000);
}

/** Components that nobody changed are the same for as long. */
function endOfMinute(millis: number): number {
  return Math.ceil(millis / 60_000) * 60_000;
}

function text(millis: number): string {
  return new Date(millis).toISOString();
}
