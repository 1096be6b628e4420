import {
  before,
  Bots,
  CohortComponent,
  CohortsAnswer,
  CohortsQuery,
  compareRows,
  EVIDENCE,
  fiveOf,
  historyOfRows,
  joinRows,
  leadTimeBuckets,
  MetricOptions,
  MetricRows,
  MetricsAnswer,
  recoveryTimeBuckets,
  SELECTION_BIAS,
  seriesOf,
  Window,
} from '@waymark/backstage-plugin-dora-common';
import { Answers } from './Answers';
import { Refs } from './refs';
import { RowReader } from './RowReader';

/** The components that are meant, and how many they are. */
export interface Meant {
  refs: Refs;
  count: number;
}

/** Computes metrics of stored rows. */
export class DeliveryMetrics {
  private readonly answers = new Answers<MetricsAnswer | CohortsAnswer>();

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
    return this.answers.get(key, await this.rows.version(refs), async () => {
      const previous = before(window);
      const read = await this.rows.read(refs, { from: previous.from, to });
      const now = Date.now();
      const history = historyOfRows(
        joinRows([...read.values()]),
        now,
        this.options,
      );
      return {
        window: { from: text(from), to: text(to), timeZone, interval },
        asOf: text(now),
        components: count,
        metrics: fiveOf(history, window, bots),
        previous: fiveOf(history, previous, bots),
        evidence: EVIDENCE,
        distribution: {
          leadTime: leadTimeBuckets(history, window, bots),
          recoveryTime: recoveryTimeBuckets(history, window),
        },
        series: seriesOf(history, window, bots).map(point => ({
          ...point,
          from: text(point.from),
          to: text(point.to),
        })),
      };
    }) as Promise<MetricsAnswer>;
  }

  /** Cohorts of the components side by side. */
  async cohorts(
    components: readonly CohortComponent[],
    query: CohortsQuery,
  ): Promise<CohortsAnswer> {
    const refs = components.map(({ entityRef }) => entityRef);
    const { from, to, timeZone, by, bots } = query;
    const key = [components, from, to, timeZone, by, bots];
    return this.answers.get(key, await this.rows.version(refs), async () => {
      const read = await this.rows.read(refs, { from, to });
      const window: Window = { from, to, timeZone, interval: 'week' };
      const nothing: MetricRows = {
        rollouts: [],
        changes: [],
        waiting: [],
        unlinked: [],
      };
      return {
        bias: SELECTION_BIAS,
        cohorts: compareRows(
          entityRef => read.get(entityRef) ?? nothing,
          components,
          by,
          window,
          Date.now(),
          { metrics: this.options, bots },
        ),
      };
    }) as Promise<CohortsAnswer>;
  }
}

function text(millis: number): string {
  return new Date(millis).toISOString();
}
