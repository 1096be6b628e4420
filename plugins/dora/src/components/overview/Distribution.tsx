import { Text } from '@backstage/ui';
import { MetricsAnswer } from '@waymark/backstage-plugin-dora-common';
import { SectionCard } from '@waymark/backstage-plugin-insights-react';
import { count, durationMark, durationWords } from '../../format';
import { BarChart } from '../charts/BarChart';
import { topOf } from '../charts/scale';

type Buckets = MetricsAnswer['distribution']['leadTime'];

function labelOf({ from, to }: Buckets[number]): string {
  if (to === undefined) return `${durationWords(from)} and more`;
  return from === 0
    ? `Less than ${durationWords(to)}`
    : `${durationWords(from)} to ${durationWords(to)}`;
}

const markOf = ({ from, to }: Buckets[number]) => {
  if (to === undefined) return `${durationMark(from)} and more`;
  return from === 0 ? `under ${durationMark(to)}` : durationMark(from);
};

/** How many took how long: a middle hides how far they lie apart. */
export const Distribution = ({ distribution }: MetricsAnswer) => {
  const buckets = distribution.leadTime;
  const counts = buckets.map(({ n }) => n);
  const most = Math.max(0, ...counts);
  return (
    <SectionCard title="Lead times, short to long">
      {most === 0 ? (
        <Text color="secondary">Nothing to draw in this time.</Text>
      ) : (
        <BarChart
          title="Changes by lead time"
          pointHeading="Lead time"
          series={[{ id: 'n', label: 'Changes', look: 'solid' }]}
          points={buckets.map(bucket => ({
            id: String(bucket.from),
            label: labelOf(bucket),
            mark: markOf(bucket),
            values: { n: bucket.n },
          }))}
          top={topOf(counts)}
          format={value => count(value, 'change')}
          formatTick={String}
          start={counts.indexOf(most)}
        />
      )}
    </SectionCard>
  );
};
