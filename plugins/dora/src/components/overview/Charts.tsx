import { Text } from '@backstage/ui';
import {
  Five,
  IntervalUnit,
  MetricsAnswer,
} from '@waymark/backstage-plugin-dora-common';
import { SectionCard } from '@waymark/backstage-plugin-insights-react';
import { durationMark, durationWords } from '../../format';
import { INTERVAL_WORDS } from '../../words';
import { BarChart } from '../charts/BarChart';
import { ChartPoint, ChartSeries } from '../charts/Chart';
import { LineChart } from '../charts/LineChart';
import { durationUnit, topOf } from '../charts/scale';
import { EventsHref } from '../events/eventsQuery';
import { chartPoints } from './chartPoints';
import shared from '../shared/shared.module.css';

const PER: Record<IntervalUnit, string> = {
  day: 'by day',
  week: 'by week',
  month: 'by month',
};

const DEPLOYMENTS: ChartSeries[] = [
  { id: 'planned', label: 'Planned', look: 'solid' },
  { id: 'incident', label: 'Because of an incident', look: 'striped' },
  {
    id: 'unexplained',
    label: 'Hotfix or rollback, no incident known',
    look: 'dotted',
  },
];

const deploymentsOf = ({ reworkRate }: Five): ChartPoint['values'] => {
  if (reworkRate.status === 'no-data') {
    return { planned: 0, incident: 0, unexplained: 0 };
  }
  const { n, unplanned, unexplained } = reworkRate;
  const planned = n - unplanned - unexplained;
  return { planned, incident: unplanned, unexplained };
};

const TIMES: ChartSeries[] = [
  { id: 'p50', label: 'Half take at most', look: 'solid' },
  { id: 'p75', label: 'Three quarters', look: 'striped' },
  { id: 'p90', label: 'Nine of ten', look: 'dotted' },
];

const timesOf = (metric: 'leadTime' | 'recoveryTime') => (five: Five) => {
  const result = five[metric];
  if (result.status === 'no-data') return {};
  const { p50, p75, p90 } = result;
  return { p50, p75, p90 };
};

const FAILURES: ChartSeries[] = [
  { id: 'incident', label: 'Caused an incident', look: 'solid' },
  { id: 'failed', label: 'Did not succeed', look: 'striped' },
  { id: 'mended', label: 'Rolled back or fixed at once', look: 'dotted' },
];

const failuresOf = ({ changeFailRate: rate }: Five): ChartPoint['values'] =>
  rate.status === 'ok'
    ? { ...rate.reasons }
    : { incident: 0, failed: 0, mended: 0 };

const all = (points: readonly ChartPoint[]) =>
  points.flatMap(({ values }) => Object.values(values));

const sums = (points: readonly ChartPoint[]) =>
  points.map(({ values }) =>
    Object.values(values).reduce<number>((sum, one) => sum + (one ?? 0), 0),
  );

const Counts = (props: {
  title: string;
  heading: string;
  series: ChartSeries[];
  points: ChartPoint[];
}) => (
  <BarChart
    title={props.title}
    pointHeading={props.heading}
    series={props.series}
    points={props.points}
    top={topOf(sums(props.points))}
    format={value => value.toLocaleString('en-GB')}
  />
);

const Times = (props: {
  title: string;
  heading: string;
  points: ChartPoint[];
}) => {
  const values = all(props.points);
  return values.length === 0 ? (
    <Text color="secondary">Nothing to draw in this time.</Text>
  ) : (
    <LineChart
      title={props.title}
      pointHeading={props.heading}
      series={TIMES}
      points={props.points}
      top={topOf(values, durationUnit(values))}
      format={durationWords}
      formatTick={durationMark}
    />
  );
};

/** Without any, each chart would be empty. */
export const hasDeployments = ({ metrics }: MetricsAnswer) =>
  metrics.reworkRate.n > 0;

/** How the five went, interval by interval. */
export const Charts = (props: {
  answer: MetricsAnswer;
  hrefOf: EventsHref;
}) => {
  const { answer, hrefOf } = props;
  const { interval } = answer.window;
  const per = PER[interval];
  const heading = INTERVAL_WORDS[interval];
  return (
    <div className={shared.columns}>
      <SectionCard title={`Deployments ${per}`}>
        <Counts
          title="Deployments that finished"
          heading={heading}
          series={DEPLOYMENTS}
          points={chartPoints(answer, deploymentsOf, {
            of: { list: 'deployments' },
            hrefOf,
          })}
        />
      </SectionCard>
      <SectionCard title={`Lead time ${per}`}>
        <Times
          title="Change lead time"
          heading={heading}
          points={chartPoints(answer, timesOf('leadTime'), {
            of: { list: 'changes', counted: 'lead-time' },
            hrefOf,
          })}
        />
      </SectionCard>
      <SectionCard title={`Failures ${per}`}>
        <Counts
          title="Deployments that failed"
          heading={heading}
          series={FAILURES}
          points={chartPoints(answer, failuresOf, {
            of: { list: 'deployments', counted: 'failed' },
            hrefOf,
          })}
        />
      </SectionCard>
      <SectionCard title={`Recoveries ${per}`}>
        <Times
          title="Failed deployment recovery time"
          heading={heading}
          points={chartPoints(answer, timesOf('recoveryTime'), {
            of: { list: 'deployments', counted: 'recovered' },
            hrefOf,
          })}
        />
      </SectionCard>
    </div>
  );
};
