import {
  EVIDENCE,
  MetricsAnswer,
  METRIC_NAMES,
} from '@waymark/backstage-plugin-dora-common';
import { EventsHref } from '../events/eventsQuery';
import { MetricCard } from './MetricCard';
import styles from './metrics.module.css';

/** The five, each of them leads to what it was made of. */
export const MetricCards = (props: {
  answer: MetricsAnswer;
  days: number;
  hrefOf: EventsHref;
}) => {
  const { answer, days, hrefOf } = props;
  return (
    <div className={styles.cards}>
      {METRIC_NAMES.map(metric => {
        const { resource, counted } =
          answer.evidence[metric] ?? EVIDENCE[metric];
        return (
          <MetricCard
            key={metric}
            metric={metric}
            answer={answer}
            days={days}
            href={hrefOf({ list: resource, counted })}
          />
        );
      })}
    </div>
  );
};
