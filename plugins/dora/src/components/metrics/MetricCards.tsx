import {
  EVIDENCE,
  ExplainedKind,
  MetricsAnswer,
  METRIC_NAMES,
  MetricName,
} from '@waymark/backstage-plugin-dora-common';
import { EventsHref } from '../events/eventsQuery';
import { MetricCard } from './MetricCard';
import styles from './metrics.module.css';

/** Of what events each is made. */
const KINDS: Record<MetricName, ExplainedKind> = {
  deploymentFrequency: 'deployment',
  leadTime: 'change',
  changeFailRate: 'deployment',
  recoveryTime: 'incident',
  reworkRate: 'deployment',
};

/** The five, each of them leads to what it was made of. */
export const MetricCards = (props: {
  answer: MetricsAnswer;
  days: number;
  hrefOf: EventsHref;
  /** What was counted and why; left out where they are of many components. */
  whyOf?: (kind: ExplainedKind) => string | undefined;
}) => {
  const { answer, days, hrefOf, whyOf } = props;
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
            why={whyOf?.(KINDS[metric])}
          />
        );
      })}
    </div>
  );
};
