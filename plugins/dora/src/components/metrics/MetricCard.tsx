import { Link, Text } from '@backstage/ui';
import {
  MetricName,
  MetricsAnswer,
  movementsOf,
} from '@waymark/backstage-plugin-dora-common';
import {
  SectionCard,
  Sparkline,
} from '@waymark/backstage-plugin-insights-react';
import { count } from '../../format';
import {
  basisWords,
  METRIC_MEANINGS,
  METRIC_WORDS,
  movementWords,
  NO_DATA_WORDS,
  valueOf,
  valueWords,
} from '../../words';
import { asideWords } from './asideWords';
import styles from './metrics.module.css';

/** How it was in the window before: that comes before what others do. */
export const Before = (props: {
  metric: MetricName;
  answer: Pick<MetricsAnswer, 'metrics' | 'previous'>;
  days: number;
}) => {
  const { metric, answer, days } = props;
  const now = valueOf(answer.metrics, metric);
  const before = valueOf(answer.previous, metric);
  const then = `the ${count(days, 'day')} before`;
  if (before === undefined) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        No data for {then}
      </Text>
    );
  }
  const was = `${valueWords(metric, before)} in ${then}, ${basisWords(
    answer.previous,
    metric,
  )}`;
  if (now === undefined) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        It was {was}
      </Text>
    );
  }
  const { metrics, previous } = answer;
  const movement = movementsOf(previous, metrics)[metric]!;
  const words = movementWords(metric, movement);
  const isClear = words !== 'Same' && !movement.small;
  return (
    <Text as="p" variant="body-small" color="secondary">
      <b className={isClear ? styles[movement.direction] : undefined}>
        {words}
      </b>
      : {was}
      {words !== 'Same' && movement.small && '; so few that it may be chance'}
    </Text>
  );
};

/** The values of each interval as a line. */
export const MetricSparkline = (props: {
  metric: MetricName;
  series: MetricsAnswer['series'];
}) => {
  const { metric, series } = props;
  const points = series.map(({ from, metrics }) => ({
    day: from,
    value: valueOf(metrics, metric),
  }));
  const most = Math.max(0, ...points.map(({ value }) => value ?? 0));
  return (
    <Sparkline
      title={METRIC_WORDS[metric]}
      points={points}
      domain={[0, most || 1]}
      format={value => valueWords(metric, value)}
    />
  );
};

/** One of the five: value, what it rests on, how it was, and how it went. */
export const MetricCard = (props: {
  metric: MetricName;
  answer: MetricsAnswer;
  days: number;
  /** The events that were counted. */
  href: string;
  /** What was counted, and why. */
  why?: string;
}) => {
  const { metric, answer, days, href, why } = props;
  const result = answer.metrics[metric];
  const value = valueOf(answer.metrics, metric);
  const asides = asideWords(answer.metrics, metric);
  return (
    <SectionCard title={METRIC_WORDS[metric]}>
      <div className={styles.card}>
        {result.status === 'no-data' || value === undefined ? (
          <>
            <p className={styles.none}>No data</p>
            <Text as="p">
              {result.status === 'no-data' &&
                NO_DATA_WORDS[result.why].why(result.n)}
            </Text>
          </>
        ) : (
          <>
            <p className={styles.value}>
              <Link href={href} className={styles.big}>
                {valueWords(metric, value)}
              </Link>
            </p>
            <Text as="p">{basisWords(answer.metrics, metric)}</Text>
          </>
        )}
        <Before metric={metric} answer={answer} days={days} />
        {asides.map(words => (
          <Text key={words} as="p" variant="body-small" color="secondary">
            {words}
          </Text>
        ))}
        <div className={styles.spark}>
          <MetricSparkline metric={metric} series={answer.series} />
        </div>
        <Text as="p" variant="body-small" color="secondary">
          {METRIC_MEANINGS[metric]}
        </Text>
        {why && (
          <Text as="p" variant="body-small">
            <Link
              href={why}
              aria-label={`What counts for ${METRIC_WORDS[metric]}`}
            >
              What counts
            </Link>
          </Text>
        )}
      </div>
    </SectionCard>
  );
};
