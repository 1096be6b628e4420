import { Five, MetricName } from '@waymark/backstage-plugin-dora-common';
import { count, durationWords } from '../../format';

/** What stands beside a value and is not in it. */
export function asideWords(five: Five, metric: MetricName): string[] {
  const words: (string | false)[] = [];
  if (metric === 'leadTime') {
    const { leadTime } = five;
    const { bots } = leadTime;
    words.push(
      leadTime.status === 'ok' &&
        `Three quarters take at most ${durationWords(
          leadTime.p75,
        )}, nine of ten ${durationWords(leadTime.p90)}.`,
      bots.n > 0 &&
        `Apart from it: ${count(bots.n, 'change')} by bots${
          bots.value === undefined ? '' : `, ${durationWords(bots.value)}`
        }.`,
      leadTime.waiting > 0 &&
        `${count(leadTime.waiting, 'merged change')} not in production yet.`,
      leadTime.flagged > 0 &&
        `${count(leadTime.flagged, 'change')} left out: a clock was wrong.`,
      leadTime.unknown > 0 &&
        `${count(
          leadTime.unknown,
          'change',
        )} left out: first commit not known.`,
    );
  }
  if (metric === 'recoveryTime') {
    const { open, flagged, unlinked } = five.recoveryTime;
    words.push(
      open > 0 && `${count(open, 'failure')} not over at the end.`,
      flagged > 0 &&
        `${count(flagged, 'failure')} left out: a clock was wrong.`,
      unlinked > 0 &&
        `${count(
          unlinked,
          'incident',
        )} that no deployment caused, not counted.`,
    );
  }
  if (metric === 'reworkRate' && five.reworkRate.status === 'ok') {
    const { unexplained } = five.reworkRate;
    words.push(
      unexplained > 0 &&
        `${count(
          unexplained,
          'hotfix or rollback',
          'hotfixes and rollbacks',
        )} without a known incident, not counted.`,
    );
  }
  if (metric === 'deploymentFrequency') {
    const { deploymentFrequency: frequency } = five;
    const weeks = frequency.status === 'ok' ? frequency.weeks : undefined;
    words.push(
      weeks !== undefined &&
        `In ${Math.round(weeks.active * weeks.n)} of ${count(
          weeks.n,
          'whole week',
        )} there was one.`,
    );
  }
  return words.filter(word => word !== false);
}
